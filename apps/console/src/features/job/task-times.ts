import type { TaskView } from '@transcode/contracts';
import { formatSpan } from '@transcode/ui';

interface Timed {
  readonly queuedAt: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** How long it was in work; of what still is, until now. Undefined: it was not. */
export function tookSeconds({ startedAt, endedAt }: Omit<Timed, 'queuedAt'>, now: number): number | undefined {
  if (startedAt === null) return undefined;
  return ((endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt)) / 1000;
}

/** How long it was in line before; of what still is, until now. */
export function waitedSeconds({ queuedAt, startedAt }: Omit<Timed, 'endedAt'>, now: number): number | undefined {
  if (queuedAt === null) return undefined;
  const begun = startedAt === null ? now : Date.parse(startedAt);
  // It is in line again: what it had waited for before is told with its attempts.
  return Math.max(0, (begun < Date.parse(queuedAt) ? now : begun) - Date.parse(queuedAt)) / 1000;
}

export function spanWords(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  return seconds < 1 ? 'under 1 s' : formatSpan(seconds);
}

export const TASK_ORDERS = { chunk: 'By chunk', trouble: 'Trouble first', long: 'Longest first' } as const;
export type TaskOrder = keyof typeof TASK_ORDERS;

/** Tasks of one stage in the order that was chosen; those that are alike by their chunk. */
export function inOrder(tasks: readonly TaskView[], order: TaskOrder, now: number): TaskView[] {
  const rank: Record<TaskOrder, (task: TaskView) => number> = {
    chunk: () => 0,
    trouble: ({ state, attempts, infraAttempts }) => (state === 'failed' ? 2 : attempts + infraAttempts > 0 ? 1 : 0),
    long: (task) => tookSeconds(task, now) ?? 0,
  };
  return tasks.toSorted((one, other) => rank[order](other) - rank[order](one) || one.index - other.index);
}
