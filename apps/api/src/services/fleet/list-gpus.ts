import { SAMPLE_MS, SAMPLE_STALE_MS, WORKER_SILENT_MS, type GpuHistory, type GpuList } from '@transcode/contracts';
import { lastGpuSamples, type GpuSample, type Worker } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { gpuSampleView } from '../../views/gpu-sample-view.ts';
import { RUNNING_TASK_ROWS, workerTask } from '../../views/worker-view.ts';
import { maySee } from '../workspaces/visible.ts';

const HISTORY_MS = 3600 * 1000;
const NOT_YET = 'Its workers have not said yet whether there is a GPU.';

/** The GPUs of all machines on which workers live, and the machines of which there is no figure. */
export async function listGpus({ services: { db }, identity }: SignedInContext): Promise<GpuList> {
  const now = Date.now();
  const [workers, tasks, samples] = await Promise.all([
    db.worker.findMany({
      where: { stoppedAt: null, seenAt: { gte: new Date(now - WORKER_SILENT_MS) } },
      orderBy: [{ host: 'asc' }, { id: 'asc' }],
    }),
    db.task.findMany({ where: { state: 'running' }, orderBy: { startedAt: 'asc' }, include: RUNNING_TASK_ROWS }),
    lastGpuSamples(db, new Date(now - SAMPLE_STALE_MS)),
  ]);
  const list: GpuList = { items: [], without: [] };
  for (const [host, members] of Map.groupBy(workers, (worker) => worker.host)) {
    const ids = members.map(({ id }) => id);
    const isTheirs = ({ workerId }: { workerId: string | null }) => workerId !== null && ids.includes(workerId);
    const gpus = newestOfEach(samples.filter(isTheirs));
    if (gpus.length === 0) list.without.push({ host, workers: ids, reason: absenceOf(members) });
    for (const sample of gpus) {
      const { uuid, index, name } = sample;
      const running = tasks.filter(isTheirs).filter(({ job }) => maySee(identity, job.workspaceId));
      list.items.push({
        uuid,
        index,
        name,
        host,
        sample: gpuSampleView(sample),
        workers: ids,
        tasks: running.map(workerTask),
      });
    }
  }
  return list;
}

/** How one GPU was over the last hour. Where several workers look at it, what they saw at about the same time is one point. */
export async function gpuHistory({ services: { db } }: SignedInContext, uuid: string): Promise<GpuHistory> {
  const rows = await db.gpuSample.findMany({
    where: { uuid, at: { gte: new Date(Date.now() - HISTORY_MS) } },
    orderBy: { at: 'asc' },
  });
  const points: GpuSample[] = [];
  for (const row of rows) {
    const last = points.at(-1);
    if (last === undefined || row.at.getTime() - last.at.getTime() >= SAMPLE_MS / 2) points.push(row);
  }
  return { points: points.map(gpuSampleView) };
}

/** Of each GPU the newest sample, as the machine counts them. */
function newestOfEach(samples: readonly GpuSample[]): GpuSample[] {
  const byGpu = Map.groupBy(samples, ({ uuid }) => uuid);
  return [...byGpu.values()]
    .flatMap((each) => each.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 1))
    .toSorted((a, b) => a.index - b.index);
}

function absenceOf(members: readonly Worker[]): string {
  return members.find(({ gpuAbsence }) => gpuAbsence !== null)?.gpuAbsence ?? NOT_YET;
}
