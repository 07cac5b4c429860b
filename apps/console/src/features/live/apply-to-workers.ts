import type { WorkerView } from '@transcode/contracts';
import type { ProgressEvent } from './apply-progress.ts';

interface Shown {
  readonly items: WorkerView[];
}

/** The workers with the progress of a task written in; the very same object where nobody there is at it. */
export function applyToWorkers<L extends Shown>(list: L, event: ProgressEvent): L {
  if (event.type !== 'progress') return list;
  if (!list.items.some(({ tasks }) => tasks.some(({ id }) => id === event.taskId))) return list;
  return { ...list, items: list.items.map((worker) => applyToWorker(worker, event)) };
}

/** The same for one worker. */
export function applyToWorker<W extends Pick<WorkerView, 'tasks'>>(worker: W, event: ProgressEvent): W {
  if (event.type !== 'progress' || !worker.tasks.some(({ id }) => id === event.taskId)) return worker;
  const tasks = worker.tasks.map((task) => (task.id === event.taskId ? { ...task, progress: event.progress } : task));
  return { ...worker, tasks };
}
