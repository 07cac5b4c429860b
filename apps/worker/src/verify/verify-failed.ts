import { TranscodeError } from '@transcode/contracts';

/** Says what is wrong with a published video: rendition and segment by the names that are in its playlists. */
export function verifyFailed(reason: string, cause?: unknown): TranscodeError {
  return new TranscodeError('verify_failed', { reason }, cause === undefined ? {} : { cause });
}
