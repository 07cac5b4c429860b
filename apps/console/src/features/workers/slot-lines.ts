import type { WorkerView } from '@transcode/contracts';

type Task = WorkerView['tasks'][number];

export interface SlotLine {
  readonly key: string;
  /** Undefined: the slot is free. */
  readonly task: Task | undefined;
}

/**
 * A line for each slot of the heavy classes, and one for the small work, which comes and goes. They are always as many, whatever runs,
 * so that no row moves; `hidden` counts what has no line.
 */
export function slotLines({ slots, tasks }: Pick<WorkerView, 'slots' | 'tasks'>): {
  lines: readonly SlotLine[];
  hidden: number;
} {
  const lines = slots.flatMap(({ class: taskClass, total }) => {
    if (taskClass !== 'cpu' && taskClass !== 'gpu') return [];
    const own = tasks.filter((task) => task.class === taskClass);
    return Array.from({ length: total }, (_, at) => ({ key: `${taskClass}-${at}`, task: own[at] }));
  });
  const small = tasks.find((task) => task.class === 'light' || task.class === 'maintenance');
  const hasSmall = slots.some((slot) => slot.class === 'light' || slot.class === 'maintenance');
  const all = hasSmall ? [...lines, { key: 'small', task: small }] : lines;
  const shown = all.filter(({ task }) => task !== undefined).length;
  return { lines: all, hidden: tasks.length - shown };
}
