import { STAGE_SHAPES, type Stage } from '@transcode/contracts';
import type { Transaction } from '../database.ts';
import type { Prisma } from '../generated/client.ts';

export interface NewTask {
  stage: Stage;
  index: number;
  /** Stages of the job that must be done first. */
  after: readonly Stage[];
  requires?: Prisma.InputJsonValue;
  /** How much it is; left out, as much as a task is that nobody knows anything of. */
  work?: number;
  /** It has been done already, by an earlier job. */
  completed?: boolean;
}

/** Adds blocked tasks to a job; they are queued when `completeTask` or `releaseReadyTasks` finds what they wait for done. */
export async function addTasks(tx: Transaction, jobId: string, tasks: readonly NewTask[]): Promise<void> {
  const { priority } = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select: { priority: true } });
  await tx.task.createMany({
    data: tasks.map(({ stage, index, after, requires, work, completed = false }) => ({
      jobId,
      stage,
      index,
      priority,
      class: STAGE_SHAPES[stage].class,
      essential: STAGE_SHAPES[stage].essential,
      after: [...after],
      ...(requires === undefined ? {} : { requires }),
      ...(work === undefined ? {} : { work }),
      ...(completed ? { state: 'completed' as const, endedAt: new Date() } : {}),
    })),
  });
}
