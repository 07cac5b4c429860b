import { RATE_WINDOW_MS, type QueueView } from '@transcode/contracts';
import { countWaitingTasks, measureQueues } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { controlView } from '../../views/worker-view.ts';
import { whoServes } from '../estimate/who-serves.ts';
import { livingWorkers } from './living-workers.ts';

const WINDOW_MINUTES = RATE_WINDOW_MS / 60_000;

/** Every class: what waits, how fast it goes, who could do it, and what was stopped. */
export async function getQueues({ services: { db, estimator } }: SignedInContext): Promise<{ items: QueueView[] }> {
  const [waiting, measures, controls, workers, outlooks] = await Promise.all([
    countWaitingTasks(db),
    measureQueues(db),
    db.workControl.findMany({ orderBy: { scope: 'asc' } }),
    livingWorkers(db),
    estimator.ofClasses(),
  ]);
  const serves = whoServes(controls, workers);
  const items = measures.map((measure): QueueView => {
    const of = (priority: string): number =>
      waiting.find((entry) => entry.class === measure.class && entry.priority === priority)?.count ?? 0;
    const counts = { low: of('low'), normal: of('normal'), high: of('high') };
    return {
      class: measure.class,
      waiting: counts,
      resting: measure.resting,
      running: measure.running,
      oldestQueuedAt: measure.oldestQueuedAt?.toISOString() ?? null,
      donePerMinute: measure.done / WINDOW_MINUTES,
      outlook: outlooks.get(measure.class) ?? null,
      meanWaitSeconds: measure.meanWait,
      workers: workers.filter(({ classes }) => classes.includes(measure.class)).length,
      ableWorkers: serves.of(measure.class).workers,
      controls: controls.filter(({ scope }) => scope === 'all' || scope === `class:${measure.class}`).map(controlView),
    };
  });
  return { items };
}
