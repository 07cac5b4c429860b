import { Progress } from '@transcode/contracts';
import type { TaskState } from '@transcode/contracts';

interface Measured {
  readonly state: TaskState;
  readonly progress: unknown;
}

const StoredProgress = Progress.nullable().catch(null);

/** What a running task last said about itself; a row of another version says nothing. */
export function taskProgress(task: Measured): Progress | null {
  if (task.state !== 'running') return null;
  return StoredProgress.parse(task.progress);
}

export function taskFraction(task: Measured): number {
  return task.state === 'completed' ? 1 : (taskProgress(task)?.fraction ?? 0);
}
