import type { JobState, Plan, Stage, TaskState } from '@transcode/contracts';
import { taskFraction } from './task-fraction.ts';
import { FOLDER_SHARE, weighStages, type StageSums } from './weigh-stages.ts';

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
  readonly chunks: readonly Pick<Plan['chunks'][number], 'startFrame' | 'endFrame'>[];
}

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
  const stages = new Map<Stage, StageSums>();
  for (const task of job.tasks) {
    const frames = framesOf(task, plan);
    const { all, done } = stages.get(task.stage) ?? { all: 0, done: 0 };
    stages.set(task.stage, { all: all + frames, done: done + taskFraction(task) * frames });
  }
  return weighStages(stages, {
    isPlanned: plan !== null,
    waitsForMeasure: job.tasks.some((task) => task.stage === 'publish' && task.after.includes('measure')),
  });
}
