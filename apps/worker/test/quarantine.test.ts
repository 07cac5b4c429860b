import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { QUARANTINE_DEATHS } from '@transcode/contracts';
import { createLogger } from '@transcode/telemetry';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Quarantine } from '../src/quarantine.ts';
import type { TaskEnd } from '../src/settle-task.ts';
import { lavfi, makeSource } from './make-source.ts';
import { killWorkerProcesses, startWorkerProcess } from './worker-process.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

let stack: Stack;
let workshop: Workshop;

beforeAll(async () => {
  stack = await startStack();
  workshop = await openWorkshop({ stack });
});
afterEach(killWorkerProcesses);
afterAll(async () => {
  await workshop.dispose();
  await stack.dispose();
});

const row = (id: string) => workshop.db.worker.findUniqueOrThrow({ where: { id } });

/** What the reconciler does. */
async function redeliver(works: readonly Work[]): Promise<void> {
  const queued = await Promise.all(works.map((work) => workshop.task(work, 'probe')));
  await workshop.runner.queues.deliver(queued.filter(({ state }) => state === 'queued'));
}

test('a worker whose last tasks died of their surroundings takes none, says why, and goes on when it is well', async () => {
  const source = await makeSource(lavfi('testsrc2=s=320x180:r=25:d=1'));
  const works: Work[] = [];
  for (let n = 0; n < QUARANTINE_DEATHS + 1; n += 1) works.push(await workshop.begin(source));
  const worker = await startWorkerProcess(stack, { classes: 'light' });
  const [own = ''] = await readdir(worker.scratch);
  const scratch = path.join(worker.scratch, own);
  // A file in its place: whoever wants to write into it fails, also where the tests run as root.
  await rm(scratch, { recursive: true });
  await writeFile(scratch, '');

  const quarantined = await waitFor(async () => {
    await redeliver(works);
    const { quarantineReason } = await row(worker.id);
    return quarantineReason !== null && quarantineReason;
  });
  expect(quarantined).toMatch(
    /^The last 3 tasks died of their surroundings.*scratch space of the worker cannot be used/,
  );
  expect((await row(worker.id)).quarantinedUntil).not.toBeNull();
  // It notices by itself that it is no better yet, and takes nothing meanwhile.
  await redeliver(works);
  const tokens = (): Promise<number[]> =>
    Promise.all(works.map(async (work) => (await workshop.task(work, 'probe')).token));
  const before = await tokens();
  await waitFor(async () => (await row(worker.id)).quarantineReason?.startsWith('It is still not fit to work'));
  expect(await tokens()).toEqual(before);
  expect(worker.said).toContain('The worker is in quarantine: it takes nothing for a while');

  await rm(scratch);
  await mkdir(scratch);
  await waitFor(async () => (await row(worker.id)).quarantinedAt === null, { timeout: 60_000 });
  expect(worker.said).toContain('The worker is well again and takes tasks');
  for (const work of works) {
    await waitFor(
      async () => {
        await redeliver(works);
        return (await workshop.task(work, 'probe')).state === 'completed';
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(await workshop.task(work, 'probe')).toMatchObject({ attempts: 0 });
  }
});

const log = createLogger({ name: 'worker', level: 'silent' });
const death = (videoId: string, worker: TaskEnd['worker'] = 'ill'): TaskEnd => ({
  ...{ outcome: 'retried', videoId, worker, reason: 'It was killed' },
});

/** A worker that sees these ends, and how it is once it has checked itself as often as it wanted to. */
async function after(ends: readonly TaskEnd[], { isFit = true } = {}): Promise<{ reason?: string; checks: number }> {
  let checks = 0;
  const check = async (): Promise<void> => {
    checks += 1;
    if (!isFit) throw new Error('It has no disk');
  };
  const quarantine = new Quarantine({ check, changed: () => undefined, log });
  for (const end of ends) {
    quarantine.saw(end);
    await Promise.resolve();
  }
  const reason = quarantine.state()?.reason;
  quarantine.stop();
  return { checks, ...(reason === undefined ? {} : { reason }) };
}

describe('deaths of one video', () => {
  test('do not hold a worker that finds itself well, be they ever so many', async () => {
    const { reason, checks } = await after(Array.from({ length: 12 }, () => death('one')));
    expect(reason).toBeUndefined();
    expect(checks).toBeGreaterThan(0);
  });

  test('do hold one that is not fit to work', async () => {
    const ends = Array.from({ length: QUARANTINE_DEATHS }, () => death('one'));
    expect((await after(ends, { isFit: false })).reason).toMatch(
      /^The last 3 tasks died of their surroundings\. .*It was killed It is not fit to work: It has no disk$/,
    );
    expect((await after(ends.slice(1), { isFit: false })).checks).toBe(0);
  });

  test('do count beside those of another', async () => {
    expect((await after([death('one'), death('one'), death('two')])).reason).toMatch(/^The last 3 tasks died/);
  });

  test('are forgotten once a task succeeded', async () => {
    const ends = [death('one'), death('two'), death('x', 'well'), death('one'), death('two')];
    expect(await after(ends)).toEqual({ checks: 0 });
  });

  test('and ffmpegs that stood still on three videos hold none that is well', async () => {
    const stood = ['one', 'two', 'three'].map((video) => death(video, 'doubted'));
    expect(await after(stood)).toEqual({ checks: 1 });
    expect((await after(stood, { isFit: false })).reason).toContain('It has no disk');
  });
});
