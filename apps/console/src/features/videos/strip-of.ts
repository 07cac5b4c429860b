import type { TaskState, VideoState } from '@transcode/contracts';
import type { StripCell } from '@transcode/ui';
import type { ShownVideo } from './with-uploads.ts';

type Facts = Pick<ShownVideo, 'state' | 'chunks' | 'bytes' | 'uploadOffset' | 'uploadHeld' | 'durationSeconds'>;

const WHOLE: Record<VideoState, StripCell['state']> = {
  uploading: 'running',
  processing: 'waiting',
  playable: 'done',
  ready: 'done',
  failed: 'failed',
  canceled: 'canceled',
  deleted: 'canceled',
};

const CHUNK: Record<TaskState, StripCell['state']> = {
  blocked: 'waiting',
  queued: 'waiting',
  running: 'running',
  completed: 'done',
  failed: 'failed',
  canceled: 'canceled',
};

/** A video's strip. Before there is a plan it is one piece, which fills as the upload comes in. */
export function stripOf(video: Facts): StripCell[] {
  const { state, chunks, bytes, uploadOffset, durationSeconds } = video;
  if (chunks.length === 0) {
    const fraction = state === 'uploading' && bytes > 0 ? (uploadOffset ?? 0) / bytes : 0;
    const shown = video.uploadHeld ? 'held' : WHOLE[state];
    return [{ state: shown, fraction, takenOver: false, seconds: durationSeconds ?? 1 }];
  }
  return chunks.map((chunk) => {
    // A job that is over has nothing running, whatever its last word about the chunk was.
    const isCut = chunk.state === 'running' && (state === 'failed' || state === 'canceled');
    const { fraction, takenOver, seconds } = chunk;
    return { state: isCut ? WHOLE[state] : CHUNK[chunk.state], fraction, takenOver, seconds };
  });
}
