import type { Database } from '../database.ts';

/** Removes samples from before a moment: of workers and GPUs, and of the whole platform. Says how many. */
export async function forgetSamples(
  db: Database,
  before: { readonly workers: Date; readonly platform: Date },
): Promise<number> {
  const removed = [
    await db.workerSample.deleteMany({ where: { at: { lt: before.workers } } }),
    await db.gpuSample.deleteMany({ where: { at: { lt: before.workers } } }),
    await db.backlogSample.deleteMany({ where: { at: { lt: before.platform } } }),
    await db.outputSample.deleteMany({ where: { at: { lt: before.platform } } }),
    await db.storageSample.deleteMany({ where: { at: { lt: before.platform } } }),
  ];
  return removed.reduce((sum, { count }) => sum + count, 0);
}
