import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Task } from '@transcode/db';
import { freePort, waitFor } from '@transcode/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { openWorkshop, type Work, type Workshop } from '../workshop.ts';

/**
 * A real worker whose scratch is a small disk of its own: it runs in a namespace where it may mount one. We reach the disk through
 * the worker's process.
 */
const { databaseUrl, redisUrl, folder, ffmpeg, ffprobe } = inject('servers');
let workshop: Workshop;
let worker: ChildProcess;
let exited: Promise<unknown>;
let port: number;
let scratch: string;

beforeAll(async () => {
  workshop = await openWorkshop();
  port = await freePort();
  scratch = await mkdtemp(path.join(folder, 'small-disk-'));
  const script = 'mount -t tmpfs -o size=24m small "$0" && exec "$@"';
  const main = path.resolve(import.meta.dirname, '../../src/main.ts');
  worker = spawn('/usr/bin/unshare', [...mounting(), '/bin/sh', '-c', script, scratch, process.execPath, main], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, STORAGE_URL: pathToFileURL(workshop.folder).href },
      ...{ METRICS_PORT: String(port), LOG_LEVEL: 'error', TRANSCODE_FFMPEG: ffmpeg, TRANSCODE_FFPROBE: ffprobe },
      ...{ SCRATCH_DIR: scratch, SCRATCH_FREE_MIB: '8', DISK_RESERVE_MIB: '0', WORKER_ID: 'small' },
    },
  });
  exited = once(worker, 'exit');
  await Promise.race([waitFor(() => ready()), exited.then(() => Promise.reject(new Error('The worker ended')))]);
});
afterAll(async () => {
  worker.kill('SIGTERM');
  await exited;
  await workshop.dispose();
});

/**
 * root may mount at once: in a chroot too, where nobody gets a namespace of users, and where what is mounted cannot be made private,
 * as its root is no mount. Others need such a namespace.
 */
function mounting(): string[] {
  const ways = [
    ['--mount', '--'],
    ['--mount', '--propagation', 'unchanged', '--'],
  ];
  const works = ways.find((way) => spawnSync('/usr/bin/unshare', [...way, '/bin/true']).status === 0);
  return works ?? ['--user', '--map-root-user', '--mount', '--'];
}

async function ready(): Promise<{ takesNothing: Record<string, string> }> {
  const response = await fetch(`http://127.0.0.1:${port}/ready`);
  expect(response.status).toBe(200);
  return (await response.json()) as Awaited<ReturnType<typeof ready>>;
}

const ballast = (): string => `/proc/${worker.pid}/root${scratch}/ballast`;

async function fill(): Promise<void> {
  const { bavail, bsize } = await statfs(path.dirname(ballast()));
  await writeFile(ballast(), Buffer.alloc(bavail * bsize - 64 * 1024));
}

const probeOf = (work: Work): Promise<Task> => workshop.task(work, 'probe');

test('with no room for scratch a worker takes nothing, says so, and goes on by itself', async () => {
  await fill();
  await waitFor(async () => (await ready()).takesNothing['scratch'] !== undefined);
  const work = await workshop.begin(await makeSource(patternWithBeeps(2)));
  const { queues } = workshop.runner;
  await queues.deliver([await probeOf(work)]);
  await expect(waitFor(async () => (await probeOf(work)).state !== 'queued', { timeout: 2_500 })).rejects.toThrow(
    'not met',
  );
  expect(await probeOf(work)).toMatchObject({ state: 'queued', token: 0, attempts: 0, infraAttempts: 0 });
  expect((await ready()).takesNothing['scratch']).toMatch(
    /^\d+ MiB are free on the disk of the scratch folder, and 8 MiB have to be$/,
  );

  await rm(ballast());
  await waitFor(async () => (await ready()).takesNothing['scratch'] === undefined);
  // What the reconciler of the API does for what was not delivered.
  await queues.deliver([await probeOf(work)]);
  await waitFor(async () => (await probeOf(work)).state === 'completed');
});
