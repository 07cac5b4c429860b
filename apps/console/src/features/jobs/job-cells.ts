import type { JobItem, JobState, TaskState } from '@transcode/contracts';
import type { StripCell } from '@transcode/ui';

const WHOLE: Record<JobState, StripCell['state']> = {
  queued: 'waiting',
  running: 'running',
  completed: 'done',
  failed: 'failed',
  canceled: 'canceled',
};

const PIECE: Record<TaskState, StripCell['state']> = {
  blocked: 'waiting',
  queued: 'waiting',
  running: 'running',
  completed: 'done',
  failed: 'failed',
  canceled: 'canceled',
};

/** A job's strip in a row. Before there is a plan, and once all is done, it is one piece. */
export function jobCells({ state, fraction, cells }: Pick<JobItem, 'state' | 'fraction' | 'cells'>): StripCell[] {
  if (cells.length === 0) return [{ state: WHOLE[state], fraction, takenOver: false, seconds: 1 }];
  const isOver = state === 'failed' || state === 'canceled';
  return cells.map((cell) => ({
    // A job that is over has nothing running, whatever its last word about the piece was.
    state: isOver && cell.state === 'running' ? WHOLE[state] : PIECE[cell.state],
    fraction: cell.fraction,
    takenOver: cell.takenOver,
    seconds: cell.frames,
  }));
}
