import type { VideoState } from '@transcode/contracts';
import { formatAgo, formatBytes } from '@transcode/ui';
import type { ShownVideo } from './with-uploads.ts';

type Facts = Pick<ShownVideo, 'state' | 'chunks' | 'bytes' | 'uploadOffset' | 'uploadHeld' | 'createdAt'>;

const WORDS: Record<VideoState, (video: Facts) => string> = {
  uploading: (video) =>
    `${video.uploadHeld ? 'Upload on hold' : 'Uploading'} · ${formatBytes(video.uploadOffset ?? 0)} of ${formatBytes(video.bytes)}`,
  processing: processingWords,
  playable: () => 'Playable · being checked',
  ready: (video) => `Ready · ${formatAgo(video.createdAt)}`,
  failed: () => 'Failed',
  canceled: () => 'Canceled',
  deleted: () => 'Deleted',
};

/** Where a video stands, in words an editor uses. */
export function stateWords(video: Facts): string {
  return WORDS[video.state](video);
}

function processingWords({ chunks }: Facts): string {
  if (chunks.length === 0) return 'Reading the file';
  if (chunks.every((chunk) => chunk.state === 'completed')) return 'Checking the result';
  return chunks.some((chunk) => chunk.state === 'running' || chunk.state === 'completed')
    ? 'Encoding'
    : 'Waiting for a worker';
}
