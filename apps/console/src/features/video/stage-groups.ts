import type { Stage, TaskView } from '@transcode/contracts';

/** All tasks of one stage as one line of the journey. */
export interface StageGroup {
  readonly stage: Stage;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'canceled';
  readonly done: number;
  readonly total: number;
  readonly fraction: number;
  readonly fps: number | undefined;
  readonly speed: number | undefined;
  /** From the first start to the last end, once done. */
  readonly seconds: number | undefined;
  readonly takenOver: number;
  readonly failure: string | undefined;
}

/** In the order in which the stages first appear. */
export function stageGroups(tasks: readonly TaskView[]): StageGroup[] {
  return [...Map.groupBy(tasks, (task) => task.stage)].map(([stage, group]) => groupOf(stage, group));
}

function groupOf(stage: Stage, tasks: readonly TaskView[]): StageGroup {
  const running = tasks.filter((task) => task.state === 'running');
  const done = tasks.filter((task) => task.state === 'completed').length;
  const fraction = tasks.reduce((sum, task) => sum + fractionOf(task), 0) / tasks.length;
  return {
    stage,
    state: stateOf(tasks, done),
    done,
    total: tasks.length,
    fraction,
    fps: sumOf(running.map((task) => task.progress?.fps)),
    speed: sumOf(running.map((task) => task.progress?.speed)),
    seconds: done === tasks.length ? secondsBetween(tasks) : undefined,
    takenOver: tasks.filter((task) => task.infraAttempts > 0).length,
    failure: tasks.find((task) => task.failure !== null && task.state === 'failed')?.failure?.sentence,
  };
}

function stateOf(tasks: readonly TaskView[], done: number): StageGroup['state'] {
  const has = (state: TaskView['state']) => tasks.some((task) => task.state === state);
  if (has('failed')) return 'failed';
  if (done === tasks.length) return 'done';
  if (has('canceled')) return 'canceled';
  return has('running') || done > 0 ? 'running' : 'waiting';
}

function fractionOf(task: TaskView): number {
  return task.state === 'completed' ? 1 : (task.progress?.fraction ?? 0);
}

function secondsBetween(tasks: readonly TaskView[]): number | undefined {
  const starts = tasks.map((task) => Date.parse(task.startedAt ?? ''));
  const ends = tasks.map((task) => Date.parse(task.endedAt ?? ''));
  const seconds = (Math.max(...ends) - Math.min(...starts)) / 1000;
  return Number.isFinite(seconds) ? seconds : undefined;
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
