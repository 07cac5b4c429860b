import { WORKER_LISTED_MS, type ControlView, type WorkerDetail, type WorkerView } from '@transcode/contracts';
import { lastWorkerSamples } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import type { Principal } from '../../identity/principal.ts';
import { workerSampleView } from '../../views/worker-sample-view.ts';
import {
  controlView,
  ffmpegBuildOf,
  RUNNING_TASK_ROWS,
  workerView,
  type RunningTask,
} from '../../views/worker-view.ts';
import { found, maySee } from '../workspaces/visible.ts';

const HISTORY_MS = 3600 * 1000;

/** Who works, on what, and what operators have stopped; those that stopped a while ago are forgotten. */
export async function listWorkers({
  services: { db },
  identity,
}: SignedInContext): Promise<{ items: WorkerView[]; controls: ControlView[] }> {
  const [workers, controls, tasks] = await Promise.all([
    db.worker.findMany({
      where: { seenAt: { gte: new Date(Date.now() - WORKER_LISTED_MS) } },
      orderBy: [{ stoppedAt: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
    }),
    db.workControl.findMany({ orderBy: { scope: 'asc' } }),
    db.task.findMany({ where: { state: 'running' }, orderBy: { startedAt: 'asc' }, include: RUNNING_TASK_ROWS }),
  ]);
  const samples = await lastWorkerSamples(
    db,
    workers.map(({ id }) => id),
  );
  return {
    items: workers.map((worker) =>
      workerView(worker, { controls, tasks, samples, others: workers, mayName: namesFor(identity) }),
    ),
    controls: controls.map(controlView),
  };
}

/** One of them, with how it was over the last hour. */
export async function getWorker({ services: { db }, identity }: SignedInContext, id: string): Promise<WorkerDetail> {
  const worker = found(await db.worker.findUnique({ where: { id } }), 'worker');
  const [controls, tasks, history, others] = await Promise.all([
    db.workControl.findMany({ orderBy: { scope: 'asc' } }),
    db.task.findMany({
      where: { state: 'running', workerId: id },
      orderBy: { startedAt: 'asc' },
      include: RUNNING_TASK_ROWS,
    }),
    db.workerSample.findMany({
      where: { workerId: id, at: { gte: new Date(Date.now() - HISTORY_MS) } },
      orderBy: { at: 'asc' },
    }),
    db.worker.findMany({ where: { host: worker.host, startedAt: { gt: worker.seenAt } } }),
  ]);
  return {
    ...workerView(worker, { controls, tasks, samples: history.slice(-1), others, mayName: namesFor(identity) }),
    ffmpegBuild: ffmpegBuildOf(worker),
    pid: worker.pid,
    history: history.map(workerSampleView),
  };
}

function namesFor(principal: Principal): (task: RunningTask) => boolean {
  return ({ job }) => maySee(principal, job.workspaceId);
}
