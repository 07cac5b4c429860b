import { LEASE_MS } from '@transcode/contracts';
import { claimTask } from '@transcode/db';
import { startStack, waitFor } from '@transcode/testing';
import type { Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProcess } from '../api-process.ts';
import type { ApiProcess } from '../api-process.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addWaitingTasks } from './waiting-tasks.ts';

/** From a death to the next ffmpeg; a moment of it is the next worker's. */
const PROMISED_MS = 10_000 - 500;

let stack: Stack;
let here: Installation;
let replicas: ApiProcess[];

beforeAll(async () => {
  stack = await startStack();
  here = await install({ env: stack.env });
  replicas = await Promise.all([startProcess(here.env), startProcess(here.env)]);
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.end('SIGTERM')));
  await here.dispose();
  await stack.dispose();
});

/** Who reconciles, by what the database has; with the others. */
async function elected(): Promise<{ holder: ApiProcess; others: ApiProcess[]; since: Date }> {
  const row = await waitFor(() => here.db.election.findFirst());
  const others = replicas.filter(({ pid }) => !row.holder.endsWith(`-${pid}`));
  const holder = replicas.find((replica) => !others.includes(replica));
  if (holder === undefined) throw new Error(`${row.holder} is none of ours`);
  return { holder, others, since: row.electedAt };
}

async function claimOfTheDead(): Promise<string> {
  const [task] = await addWaitingTasks(here, { count: 1 });
  if (task === undefined) throw new Error('There is one');
  await claimTask(here.db, { taskId: task.id, workerId: 'dead', build: '', leaseMs: LEASE_MS });
  return task.id;
}

const isQueued = async (id: string): Promise<boolean> =>
  (await here.db.task.findUniqueOrThrow({ where: { id } })).state === 'queued';
const told = ({ log }: ApiProcess, what: RegExp): string[] => log.filter((line) => what.test(line));

test('a dead worker’s task is queued again as soon as its lease has run out', async () => {
  await elected();
  const died = performance.now();
  const id = await claimOfTheDead();
  await waitFor(() => isQueued(id));
  expect(performance.now() - died).toBeLessThan(PROMISED_MS);
});

test('a replica that is stopped while it holds the election is relieved, and knows it before it does anything', async () => {
  const { holder, others } = await elected();
  const [other] = others;
  process.kill(holder.pid, 'SIGSTOP');
  const stopped = performance.now();
  const id = await claimOfTheDead();
  try {
    await waitFor(() => isQueued(id));
    expect(performance.now() - stopped).toBeLessThan(PROMISED_MS);
    expect((await elected()).holder).toBe(other);
  } finally {
    process.kill(holder.pid, 'SIGCONT');
  }
  await waitFor(() => told(holder, /no longer reconciles/).length > 0);
  // What comes due from here on is the other's.
  const next = await claimOfTheDead();
  await waitFor(() => isQueued(next));
  const reapedBy = (): ApiProcess[] =>
    replicas.filter((replica) => told(replica, /went silent/).some((line) => line.includes(next)));
  // It is told once it has been done.
  await waitFor(() => reapedBy().length > 0);
  expect(reapedBy()).toEqual([other]);
});

test('one that dies is followed at once', async () => {
  const { holder, others } = await elected();
  await holder.end('SIGKILL');
  const died = performance.now();
  await waitFor(async () => others.includes((await elected()).holder));
  expect(performance.now() - died).toBeLessThan(PROMISED_MS);
  replicas = [...others, await startProcess(here.env)];
});

test('Postgres away and back: one is elected again, and takes no task from a worker that could not renew meanwhile', async () => {
  const { since } = await elected();
  const [living] = await addWaitingTasks(here, { count: 1 });
  const dead = await claimOfTheDead();
  if (living === undefined) throw new Error('There is one');
  const claim = await claimTask(here.db, { taskId: living.id, workerId: 'living', build: '', leaseMs: LEASE_MS });
  const claimed = performance.now();
  await stack.outage('postgres', async () => {
    await waitFor(() => performance.now() - claimed > LEASE_MS + 500);
  });
  // As a worker does within its rhythm of renewals.
  await waitFor(
    async () =>
      (
        await here.db.task.updateMany({
          where: { id: living.id, token: claim?.token ?? 0, state: 'running' },
          data: { leaseUntil: new Date(Date.now() + 600_000) },
        })
      ).count === 1,
  );
  await waitFor(async () => (await elected()).since > since);
  await waitFor(() => isQueued(dead));
  expect(await here.db.task.findUniqueOrThrow({ where: { id: living.id } })).toMatchObject({
    state: 'running',
    token: 1,
  });
});
