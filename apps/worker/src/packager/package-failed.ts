import { TranscodeError } from '@transcode/contracts';

/** What ffmpeg wrote, or what is in storage, is not what the packager can stand for. */
export function packageFailed(reason: string): TranscodeError {
  return new TranscodeError('package_failed', { reason });
}
