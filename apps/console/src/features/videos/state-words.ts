import type { VideoState } from '@transcode/contracts';
import { formatAgo, formatBytes } from '@transcode/ui';
import { isHeld, readyWords, stoppedWords } from '../outlook/outlook-words.ts';
import type { ShownVideo } from './with-uploads.ts';

type Facts = Pick<
  ShownVideo,
  'state' | 'outlook' | 'chunks' | 'bytes' | 'uploadOffset' | 'uploadHeld' | 'createdAt' | 'readyAt'
>;

const WORDS: Record<VideoState, (video: Facts) => string> = {
  uploading: (video) =>
    `${video.uploadHeld ? 'Upload on hold' : 'Uploading'} · ${formatBytes(video.uploadOffset ?? 0)} of ${formatBytes(video.bytes)}`,
  processing: processingWords,
  playable: ({ outlook }) => stoppedWords(outlook) ?? withTime('Playable · being checked', outlook),
  ready: (video) => `Ready · ${formatAgo(video.readyAt ?? video.createdAt)}`,
  failed: () => 'Failed',
  canceled: () => 'Canceled',
  deleted: () => 'Deleted',
};

/** Where a video stands, in words an editor uses. */
export function stateWords(video: Facts): string {
  return WORDS[video.state](video);
}

/** Colour only where somebody has to look. */
export function stateColour({ state, outlook }: Pick<Facts, 'state' | 'outlook'>): string | undefined {
  if (state === 'failed') return 'text-red';
  return isHeld(outlook) ? 'text-amber' : undefined;
}

/** What holds it up goes before what it would be doing. */
function processingWords({ outlook, chunks }: Facts): string {
  return stoppedWords(outlook) ?? withTime(doingWords(chunks), outlook);
}

function withTime(words: string, outlook: Facts['outlook']): string {
  return [words, readyWords(outlook)].filter((part) => part !== undefined).join(' · ');
}

function doingWords(chunks: Facts['chunks']): string {
  if (chunks.length === 0) return 'Reading the file';
  if (chunks.every((chunk) => chunk.state === 'completed')) return 'Checking the result';
  return chunks.some((chunk) => chunk.state === 'running' || chunk.state === 'completed')
    ? 'Encoding'
    : 'Waiting for a worker';
}
