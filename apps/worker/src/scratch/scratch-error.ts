import { TranscodeError } from '@transcode/contracts';
import { toTranscodeError } from '../failure-of.ts';

/** Why scratch could not be used: whatever it is (full, read only, gone), it is this worker's trouble and not the video's. */
export function scratchError(error: unknown): TranscodeError {
  const known = toTranscodeError(error);
  if (known.blame === 'infra' || known.code === 'scratch_exceeded' || known.code === 'disk_reserved') return known;
  const reason = error instanceof Error ? error.message : String(error);
  return new TranscodeError('scratch_unusable', { reason }, { cause: error });
}
