import {
  CONTROL_FORGOTTEN_MS,
  ELECTION_SILENT_MS,
  ERRORS,
  isErrorCode,
  type BacklogView,
  type ControlView,
  type Need,
  type WorkerView,
} from '@transcode/contracts';
import { findFailureCauses, findStuck } from '@transcode/db';
import { lackOfRoom, type DiskRoom } from '@transcode/storage';
import type { Services } from '../../context.ts';
import { readiness } from '../../http/readiness.ts';
import type { Principal } from '../../identity/principal.ts';
import { findBackupNeeds } from './find-backup-needs.ts';
import { isFilling } from './is-filling.ts';

const DAY_MS = 24 * 3600 * 1000;
/** More of one thing are not counted: what has to be done is the same. */
const AT_MOST = 10_000;
/** Causes of failures that are told apart; the rest are one click away. */
const CAUSES = 8;
/** The reconciler tells and finishes within seconds; what is older than this it does not get done. */
const UNTOLD_MS = 60_000;
const UNFINISHED_MS = 60_000;
/** A backlog that takes longer than this is told. */
const LONG_SECONDS = 3600;

const SEVERITIES: readonly Need['severity'][] = ['broken', 'held', 'notice'];

interface Seen {
  readonly backlog: readonly BacklogView[];
  readonly workers: readonly Pick<WorkerView, 'id' | 'classes' | 'state' | 'quarantine'>[];
  readonly room: DiskRoom | undefined;
  /** Whose failures are named. */
  readonly workspaceIds: Principal['workspaceIds'];
}

/** Everything that an operator has to look after now, worst first. */
export async function findNeeds(services: Services, seen: Seen): Promise<Need[]> {
  const needs = await Promise.all([
    dependencies(services),
    reconciler(services),
    failures(services, seen),
    stuck(services),
    forgotten(services, seen),
    findBackupNeeds(services),
  ]);
  const all = [...needs.flat(), ...storage(seen), ...waiting(seen), ...stopped(seen), ...quarantined(seen)];
  return SEVERITIES.flatMap((severity) => all.filter((need) => need.severity === severity));
}

async function dependencies(services: Services): Promise<Need[]> {
  const { checks } = await readiness(services);
  return (['queue', 'storage'] as const).flatMap((what) => {
    const { ok, error } = what === 'queue' ? checks.redis : checks.storage;
    return ok ? [] : [{ kind: 'dependencyAway', severity: 'broken', what, reason: error ?? '' }];
  });
}

async function reconciler({ db }: Services): Promise<Need[]> {
  const [row] = await db.$queryRaw<{ beatAt: Date; silent: boolean }[]>`
    SELECT "beatAt", "beatAt" < now() - make_interval(secs => ${(ELECTION_SILENT_MS * 2) / 1000}) AS "silent"
    FROM "Election" WHERE "name" = 'reconciler'`;
  if (row?.silent === false) return [];
  return [{ kind: 'noReconciler', severity: 'broken', since: row?.beatAt.toISOString() ?? null }];
}

async function failures({ db }: Services, { workspaceIds }: Seen): Promise<Need[]> {
  const since = new Date(Date.now() - DAY_MS);
  const causes = await findFailureCauses(db, { since, workspaceIds });
  const open = causes
    .filter(({ retryable }) => retryable > 0)
    .toSorted((one, other) => other.retryable - one.retryable);
  return open.slice(0, CAUSES).map(({ code, sentence, jobId, videoId, retryable: count, more }) => {
    // A file that nobody can read is for who sent it.
    const severity = isErrorCode(code) && ERRORS[code].blame === 'input' ? 'notice' : 'broken';
    return { kind: 'jobsFailed', severity, ...{ code, sentence: sentence ?? '', jobId, videoId, count, more } };
  });
}

async function stuck({ db }: Services): Promise<Need[]> {
  const found = await findStuck(db, {
    ...{ atMost: AT_MOST, untoldMs: UNTOLD_MS, unfinishedMs: UNFINISHED_MS, silentMs: DAY_MS },
  });
  const counted = ({ count, oldest }: (typeof found)['outbox']) =>
    oldest === null ? undefined : { count, more: count >= AT_MOST, oldest: oldest.toISOString() };
  const [outbox, received, silent] = [counted(found.outbox), counted(found.received), counted(found.silent)];
  const needs: Need[] = [];
  if (outbox) needs.push({ kind: 'outboxStuck', severity: 'held', ...outbox });
  if (received) needs.push({ kind: 'uploadsStuck', severity: 'held', how: 'received', ...received });
  if (silent) needs.push({ kind: 'uploadsStuck', severity: 'notice', how: 'silent', ...silent });
  return needs;
}

/** What keeps work waiting is told with that work. */
async function forgotten({ db }: Services, { backlog }: Seen): Promise<Need[]> {
  const at = { lt: new Date(Date.now() - CONTROL_FORGOTTEN_MS) };
  const told = new Set(backlog.flatMap((each) => controlsOf(each).map(({ scope }) => scope)));
  const controls = await db.workControl.findMany({ where: { at }, orderBy: { at: 'asc' } });
  return controls
    .filter(({ scope }) => !told.has(scope))
    .map(({ scope, state, by, at: since }) => {
      return { kind: 'controlForgotten', severity: 'held', ...{ scope, state, by, at: since.toISOString() } };
    });
}

function storage({ room }: Seen): Need[] {
  if (room === undefined || !isFilling(room)) return [];
  const { freeBytes, totalBytes, reserveBytes } = room;
  return lackOfRoom('the storage', room) === undefined
    ? [{ kind: 'storageFilling', severity: 'held', freeBytes, totalBytes }]
    : [{ kind: 'storageFull', severity: 'broken', freeBytes, reserveBytes }];
}

/** Nobody is there for it, or not enough of them. */
function waiting({ backlog, workers }: Seen): Need[] {
  const served = new Set(workers.flatMap(({ classes }) => classes));
  return backlog.flatMap(({ class: taskClass, waiting: count, outlook }): Need[] => {
    if (count === 0) return [];
    const about = { class: taskClass, waiting: count };
    if (!served.has(taskClass)) return [{ kind: 'noWorkerOfClass', severity: 'broken', ...about }];
    if (outlook?.kind !== 'known' || outlook.seconds < LONG_SECONDS) return [];
    return [{ kind: 'backlogLong', severity: 'notice', ...about, seconds: outlook.seconds }];
  });
}

/** Somebody stopped what work waits for. */
function stopped({ backlog }: Seen): Need[] {
  return backlog.flatMap((each): Need[] => {
    const controls = controlsOf(each);
    if (each.waiting === 0 || controls.length === 0) return [];
    return [{ kind: 'workStopped', severity: 'held', class: each.class, waiting: each.waiting, controls }];
  });
}

function controlsOf({ waiting: count, outlook }: BacklogView): ControlView[] {
  return count > 0 && outlook?.kind === 'stopped' ? outlook.controls : [];
}

function quarantined({ workers }: Seen): Need[] {
  return workers.flatMap(({ id, state, quarantine }) => {
    if (state !== 'quarantined' || quarantine === null) return [];
    return [{ kind: 'workerQuarantined', severity: 'held', workerId: id, ...quarantine }];
  });
}
