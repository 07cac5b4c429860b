import { TranscodeError } from '@transcode/contracts';
import { verifyFailed } from './verify-failed.ts';

/** What ffmpeg cannot decode was not published right. */
export function asVerifyFailure(error: unknown, rendition: string): unknown {
  if (!(error instanceof TranscodeError) || error.code !== 'encode_failed') return error;
  return verifyFailed(`${rendition} cannot be decoded: ${String(error.details['reason'])}`, error);
}
