import { RATE_WINDOW_MS, type BacklogView, type OverviewView } from '@transcode/contracts';
import { backlogHistory, failuresByHour, measureBacklog, outputByHour, type Database } from '@transcode/db';
import type { DiskRoom } from '@transcode/storage';
import type { Services, SignedInContext } from '../../context.ts';
import { RUNNING_TASK_ROWS, workerView } from '../../views/worker-view.ts';
import { livingWorkers } from '../fleet/living-workers.ts';
import { findNeeds } from './find-needs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3600 * 1000;
/** Of a backlog of more, the last sample has the count. */
const COUNTED = 10_000;
const HISTORY_MS = 6 * HOUR_MS;
const HISTORY_STEP_MS = 2 * MINUTE_MS;
const HOURS = 24;

/** What needs somebody, and how the platform does; each question is bounded, however many jobs there were. */
export async function getOverview({ services, identity }: SignedInContext): Promise<OverviewView> {
  const { db } = services;
  const now = Date.now();
  const firstHour = new Date(Math.floor(now / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS);
  const [backlog, history, errors, output, workers, storage, room] = await Promise.all([
    backlogOf(services),
    backlogHistory(db, { since: new Date(now - HISTORY_MS), stepMs: HISTORY_STEP_MS }),
    failuresByHour(db, firstHour),
    outputByHour(db, firstHour),
    shownWorkers(db),
    db.storageSample.findFirst({ orderBy: { at: 'desc' } }),
    roomOf(services),
  ]);
  const served = new Set(workers.flatMap(({ classes }) => classes));
  return {
    needs: await findNeeds(services, { backlog, workers, room, workspaceIds: identity.workspaceIds }),
    backlog: backlog.filter((each) => each.waiting > 0 || each.running > 0 || served.has(each.class)),
    backlogHistory: history.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    workers: workers.map(({ id, state, slots }) => {
      const [tasks, total] = [
        slots.reduce((sum, { used }) => sum + used, 0),
        slots.reduce((sum, each) => sum + each.total, 0),
      ];
      return { id, state, tasks, slots: total };
    }),
    errors: errors.map(({ at, count }) => ({ at: at.toISOString(), count })),
    output: output.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    storage: storage && {
      at: storage.at.toISOString(),
      videos: storage.videos,
      sourceBytes: Number(storage.sourceBytes),
      publishedBytes: Number(storage.publishedBytes),
      freeBytes: room?.freeBytes ?? null,
      totalBytes: room?.totalBytes ?? null,
    },
  };
}

async function backlogOf({ db, estimator }: Services): Promise<BacklogView[]> {
  const [classes, outlooks, sampled] = await Promise.all([
    measureBacklog(db, { atMost: COUNTED }),
    estimator.ofClasses(),
    db.$queryRaw<{ class: string; waiting: number }[]>`
      SELECT "class"::text, "waiting" FROM "BacklogSample" WHERE "at" = (SELECT max("at") FROM "BacklogSample")`,
  ]);
  return classes.map(({ class: taskClass, waiting, running, done }) => {
    const last = sampled.find((each) => each.class === taskClass)?.waiting ?? 0;
    const toDo = waiting < COUNTED ? waiting : Math.max(waiting, last);
    const donePerMinute = done / (RATE_WINDOW_MS / MINUTE_MS);
    return { class: taskClass, waiting: toDo, running, donePerMinute, outlook: outlooks.get(taskClass) ?? null };
  });
}

async function shownWorkers(db: Database) {
  const [workers, controls, tasks] = await Promise.all([
    livingWorkers(db),
    db.workControl.findMany(),
    db.task.findMany({ where: { state: 'running' }, include: RUNNING_TASK_ROWS }),
  ]);
  return workers.map((worker) =>
    workerView(worker, { controls, tasks, samples: [], others: workers, mayName: () => false }),
  );
}

/** A storage that is away is told by what needs somebody. */
async function roomOf({ storage }: Services): Promise<DiskRoom | undefined> {
  const [room] = await Promise.allSettled([storage.room()]);
  return room.status === 'fulfilled' ? room.value : undefined;
}
