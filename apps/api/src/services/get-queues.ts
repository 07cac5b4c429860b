import { RATE_WINDOW_MS, WORKER_SILENT_MS, type QueueView } from '@transcode/contracts';
import { countWaitingTasks, measureQueues } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { controlView, workerState } from '../views/worker-view.ts';

const WINDOW_MINUTES = RATE_WINDOW_MS / 60_000;

/** Every class: what waits, how fast it goes, who could do it, and what was stopped. */
export async function getQueues({ services: { db } }: SignedInContext): Promise<{ items: QueueView[] }> {
  const [waiting, measures, controls, workers] = await Promise.all([
    countWaitingTasks(db),
    measureQueues(db),
    db.workControl.findMany({ orderBy: { scope: 'asc' } }),
    db.worker.findMany({ where: { stoppedAt: null, seenAt: { gt: new Date(Date.now() - WORKER_SILENT_MS) } } }),
  ]);
  const able = workers.filter((worker) => workerState(worker, controls) === 'active');
  const items = measures.map((measure): QueueView => {
    const of = (priority: string): number =>
      waiting.find((entry) => entry.class === measure.class && entry.priority === priority)?.count ?? 0;
    const counts = { low: of('low'), normal: of('normal'), high: of('high') };
    const donePerMinute = measure.done / WINDOW_MINUTES;
    const backlog = counts.low + counts.normal + counts.high;
    return {
      class: measure.class,
      waiting: counts,
      resting: measure.resting,
      running: measure.running,
      oldestQueuedAt: measure.oldestQueuedAt?.toISOString() ?? null,
      donePerMinute,
      secondsToDrain: donePerMinute === 0 ? null : (backlog / donePerMinute) * 60,
      meanWaitSeconds: measure.meanWait,
      ableWorkers: able.filter(({ classes }) => classes.includes(measure.class)).length,
      controls: controls.filter(({ scope }) => scope === 'all' || scope === `class:${measure.class}`).map(controlView),
    };
  });
  return { items };
}
