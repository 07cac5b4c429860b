import { WORKER_SILENT_MS, type BacklogView, type OverviewView } from '@transcode/contracts';
import { backlogHistory, failuresByHour, measureBacklog, outputByHour, type Database } from '@transcode/db';
import type { Services, SignedInContext } from '../../context.ts';
import { RUNNING_TASK_ROWS, workerView } from '../../views/worker-view.ts';
import { findNeeds } from './find-needs.ts';
import type { Room } from './is-filling.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3600 * 1000;
/** Of a backlog of more, the last sample has the count. */
const COUNTED = 10_000;
const RATE_SPAN_MS = 15 * MINUTE_MS;
const HISTORY_MS = 6 * HOUR_MS;
const HISTORY_STEP_MS = 2 * MINUTE_MS;
const HOURS = 24;

/** What needs somebody, and how the platform does; each question is bounded, however many jobs there were. */
export async function getOverview({ services }: SignedInContext): Promise<OverviewView> {
  const { db } = services;
  const now = Date.now();
  const firstHour = new Date(Math.floor(now / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS);
  const [backlog, history, errors, output, workers, storage, room] = await Promise.all([
    backlogOf(db),
    backlogHistory(db, { since: new Date(now - HISTORY_MS), stepMs: HISTORY_STEP_MS }),
    failuresByHour(db, firstHour),
    outputByHour(db, firstHour),
    livingWorkers(db),
    db.storageSample.findFirst({ orderBy: { at: 'desc' } }),
    roomOf(services),
  ]);
  const served = new Set(workers.flatMap(({ classes }) => classes));
  return {
    needs: await findNeeds(services, { backlog, workers, room }),
    backlog: backlog.filter((each) => each.waiting > 0 || each.running > 0 || served.has(each.class)),
    backlogHistory: history.map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    workers: workers.map(({ id, state, tasks, slots }) => {
      const total = slots.reduce((sum, each) => sum + each.total, 0);
      return { id, state, tasks: tasks.length, slots: total };
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

async function backlogOf(db: Database): Promise<BacklogView[]> {
  const [classes, sampled] = await Promise.all([
    measureBacklog(db, { atMost: COUNTED, spanMs: RATE_SPAN_MS }),
    db.$queryRaw<{ class: string; waiting: number }[]>`
      SELECT "class"::text, "waiting" FROM "BacklogSample" WHERE "at" = (SELECT max("at") FROM "BacklogSample")`,
  ]);
  return classes.map(({ class: taskClass, waiting, running, completed }) => {
    const last = sampled.find((each) => each.class === taskClass)?.waiting ?? 0;
    const toDo = waiting < COUNTED ? waiting : Math.max(waiting, last);
    const perMinute = completed / (RATE_SPAN_MS / MINUTE_MS);
    const secondsToDrain = toDo === 0 ? 0 : perMinute === 0 ? null : (toDo / perMinute) * 60;
    return { class: taskClass, waiting: toDo, running, perMinute, secondsToDrain };
  });
}

async function livingWorkers(db: Database) {
  const seenAt = { gte: new Date(Date.now() - WORKER_SILENT_MS) };
  const [workers, controls, tasks] = await Promise.all([
    db.worker.findMany({ where: { stoppedAt: null, seenAt }, orderBy: { id: 'asc' } }),
    db.workControl.findMany(),
    db.task.findMany({ where: { state: 'running' }, include: RUNNING_TASK_ROWS }),
  ]);
  return workers.map((worker) => workerView(worker, { controls, tasks, samples: [] }));
}

/** A storage that is away is told by what needs somebody. */
async function roomOf({ storage }: Services): Promise<Room | undefined> {
  const [room] = await Promise.allSettled([storage.room()]);
  return room.status === 'fulfilled' ? room.value : undefined;
}
