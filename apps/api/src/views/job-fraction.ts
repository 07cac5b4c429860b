import type { JobState, Plan, Stage, TaskState } from '@transcode/contracts';
import { taskFraction } from './task-fraction.ts';

/** How much of a journey's time a stage takes, roughly. Measuring runs beside the others and counts only where publishing waits. */
const WEIGHTS: Readonly<Record<Stage, number>> = {
  probe: 2,
  plan: 1,
  encode: 70,
  audio: 5,
  package: 4,
  verify: 14,
  measure: 8,
  publish: 2,
  erase: 0,
};

export interface CountedTask {
  readonly stage: Stage;
  readonly index: number;
  readonly state: TaskState;
  readonly after: readonly Stage[];
  readonly progress: unknown;
}

interface CountedJob {
  readonly state: JobState;
  readonly tasks: readonly CountedTask[];
}

/** How a video is cut. */
interface Cut {
  readonly grid: Pick<Plan['grid'], 'frames'>;
  readonly chunks: Plan['chunks'];
}

/** Checking the folder and all sound takes about this share of what checking the picture does. */
const FOLDER_SHARE = 0.05;

/** How much of its stage a task is, in frames. */
function framesOf({ stage, index }: CountedTask, plan: Cut | null): number {
  if (plan === null) return 1;
  if (stage === 'verify' && index === 0) return plan.grid.frames * FOLDER_SHARE;
  const chunk = stage === 'encode' ? plan.chunks[index] : stage === 'verify' ? plan.chunks[index - 1] : undefined;
  return chunk === undefined ? 1 : chunk.endFrame - chunk.startFrame;
}

/** 0..1: finished work over all work, by each stage's weight, what works on a chunk by the chunk's length. */
export function jobFraction(job: CountedJob, plan: Cut | null): number {
  if (job.state === 'completed') return 1;
  const waitsForMeasure = job.tasks.some((task) => task.stage === 'publish' && task.after.includes('measure'));
  let done = 0;
  let all = 0;
  for (const [stage, weight] of Object.entries(WEIGHTS)) {
    const tasks = job.tasks.filter((task) => task.stage === stage);
    const counts = stage !== 'measure' || waitsForMeasure;
    // Before there is a plan, the later stages have no tasks yet but are still to come.
    if (!counts || (tasks.length === 0 && plan !== null)) continue;
    const frames = tasks.map((task) => framesOf(task, plan));
    const total = frames.reduce((sum, one) => sum + one, 0);
    const finished = tasks.reduce((sum, task, at) => sum + taskFraction(task) * (frames[at] ?? 1), 0);
    all += weight;
    done += total === 0 ? 0 : (weight * finished) / total;
  }
  return all === 0 ? 0 : Math.min(1, done / all);
}
