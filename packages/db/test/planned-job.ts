import { STAGE_SHAPES, type Stage } from '@transcode/contracts';
import { addTasks, claimTask, completeTask, type ClaimedTask, type ReadyTask, type Task } from '../src/index.ts';
import type { RealPostgres } from './real-postgres.ts';

export interface Who {
  workerId?: string;
  build?: string;
  leaseMs?: number;
}

/** A job whose plan stands: so many chunks, each with its row and its task, one rendition of picture, the sound, and what follows. */
export interface PlannedJob {
  readonly jobId: string;
  task(stage: Stage, index?: number): Promise<Task>;
  /** Takes the task; undefined where the claim is refused. */
  take(stage: Stage, index: number, who?: Who): Promise<ClaimedTask | undefined>;
  /** Ends a chunk as the worker does. */
  finish(claim: ClaimedTask): Promise<ReadyTask[]>;
}

const after = (stage: Stage): Stage[] => [...STAGE_SHAPES[stage].after];

export async function planJob(postgres: RealPostgres, { chunks }: { chunks: number }): Promise<PlannedJob> {
  const { db } = postgres;
  const { jobId, released } = await postgres.begin();
  const indexes = Array.from({ length: chunks }, (_, index) => index);
  const job: PlannedJob = {
    jobId,
    task: (stage, index = 0) => db.task.findUniqueOrThrow({ where: { jobId_stage_index: { jobId, stage, index } } }),
    take: async (stage, index, { workerId = 'w1', build = 'one ffmpeg', leaseMs = 60_000 } = {}) => {
      const { id } = await job.task(stage, index);
      return claimTask(db, { taskId: id, workerId, build, leaseMs });
    },
    finish: async (claim) => {
      const { index } = claim.task;
      const done = await completeTask(db, claim, async (tx) => {
        await tx.chunk.update({
          where: { jobId_kind_index: { jobId, kind: 'video', index } },
          data: { state: 'done', token: claim.token, result: { made: 'by this claim' }, doneAt: new Date() },
        });
        await tx.rendition.updateMany({ where: { jobId, kind: 'video' }, data: { fingerprint: 'of this encoder' } });
      });
      return done.released;
    },
  };
  const [probe] = released;
  if (probe === undefined) throw new Error('Nothing was released');
  const probed = await claimTask(db, { taskId: probe.id, workerId: 'w1', build: 'one ffmpeg', leaseMs: 60_000 });
  if (probed === undefined) throw new Error('The probe could not be claimed');
  await completeTask(db, probed, () => Promise.resolve());
  const planned = await job.take('plan', 0);
  if (planned === undefined) throw new Error('The plan could not be claimed');
  await completeTask(db, planned, async (tx) => {
    await tx.rendition.createMany({ data: [{ jobId, name: 'v360', kind: 'video', position: 0 }] });
    await tx.chunk.createMany({ data: indexes.map((index) => ({ jobId, kind: 'video' as const, index })) });
    await addTasks(tx, jobId, [
      ...indexes.map((index) => ({ stage: 'encode' as const, index, after: after('encode') })),
      ...(['audio', 'package', 'verify', 'measure', 'publish'] as const).map((stage) => ({
        ...{ stage, index: 0, after: after(stage) },
      })),
    ]);
  });
  return job;
}
