import type { VideoState, VideoView } from '@transcode/contracts';
import { formatAgo, formatBytes } from '@transcode/ui';

type Facts = Pick<VideoView, 'state' | 'chunks' | 'bytes' | 'uploadOffset' | 'createdAt'>;

const WORDS: Record<VideoState, (video: Facts) => string> = {
  uploading: (video) => `Uploading · ${formatBytes(video.uploadOffset ?? 0)} of ${formatBytes(video.bytes)}`,
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
