import { createHash } from 'node:crypto';

/** Names an ffmpeg build, as `Worker.capabilities` and `Task.requires` do: the sha256 of what it says of itself. */
export function buildHash(build: string): string {
  return createHash('sha256').update(build).digest('hex');
}
