import { WORKER_LISTED_MS, type ControlView, type WorkerView } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { controlView, workerView } from '../views/worker-view.ts';

/** Who works, on what, and what operators have stopped; those that stopped a while ago are forgotten. */
export async function listWorkers({
  services: { db },
}: SignedInContext): Promise<{ items: WorkerView[]; controls: ControlView[] }> {
  const [workers, controls, tasks] = await Promise.all([
    db.worker.findMany({
      where: { seenAt: { gte: new Date(Date.now() - WORKER_LISTED_MS) } },
      orderBy: [{ stoppedAt: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
    }),
    db.workControl.findMany({ orderBy: { scope: 'asc' } }),
    db.task.findMany({
      where: { state: 'running' },
      orderBy: { startedAt: 'asc' },
      include: { job: { select: { videoId: true } } },
    }),
  ]);
  return {
    items: workers.map((worker) => workerView(worker, { controls, tasks })),
    controls: controls.map(controlView),
  };
}
