import { createHash } from 'node:crypto';
import type { AudioRendition, VideoRendition } from '@transcode/contracts';
import { encoderIdentity } from '@transcode/planner';

/** sha256 over ffmpeg's build, the encoder and its options. */
export function encoderFingerprint(build: string, rendition: VideoRendition | AudioRendition): string {
  return createHash('sha256').update(encoderIdentity(build, rendition)).digest('hex');
}
