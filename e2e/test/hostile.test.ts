import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor, type Memory } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { collectedMemory } from '../src/collected-memory.ts';
import { Client } from '../src/client.ts';
import { holdProcess } from '../src/hold-process.ts';
import { HOSTILE } from '../src/hostile/corpus.ts';
import type { HostileCase, Workbench } from '../src/hostile/hostile-case.ts';
import { judgeHostile } from '../src/hostile/judge-hostile.ts';
import { plainVideo } from '../src/hostile/run-tool.ts';
import { startOwnWorker, type OwnWorker } from '../src/own-worker.ts';
import { pidOf } from '../src/pid-of.ts';
import { TOOLS } from '../src/tools.ts';
import { shareOf } from '@transcode/testing/share-of';

/** What a worker's memory may have grown by after all of it, in MiB: 5 and 11 were seen, and the same after twice as many files. */
const MOST_GROWTH = { heap: 16, resident: 48 };
const PATIENCE_MS = 240_000;
const TAKEN = shareOf(HOSTILE);

/**
 * Every file of the hostile corpus goes to one real worker process, which is watched by the kernel: what it and its children open
 * and whom they call.
 */
describe('hostile uploads', { timeout: PATIENCE_MS }, () => {
  const { url, key, data } = inject('installation');
  const client = new Client(url, key);
  const disposables = new AsyncDisposableStack();
  let bench: Workbench;
  let asked = 0;
  let worker: OwnWorker;
  let memoryBefore: Memory;

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hostile-'));
    disposables.defer(() => rm(folder, { recursive: true, force: true }));
    const listener = createServer((_, response) => {
      asked += 1;
      response.end('#EXTM3U');
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    disposables.use(listener);
    const canaryFile = path.join(folder, 'canary.txt');
    await writeFile(canaryFile, 'What nobody may read.');
    const making = { ffmpeg: TOOLS.ffmpeg, packager: TOOLS.packager, folder };
    const canaryUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/canary.mp4`;
    bench = { ...making, canaryFile, canaryUrl, plain: await plainVideo(making) };
    disposables.use(holdProcess(await pidOf(data, 'worker-1')));
    worker = await startOwnWorker(data, 'cpu,light,maintenance', { trace: traceFile(), log: logFile() });
    disposables.defer(() => worker.stop());
    await workersOfGoodVideo('before');
    memoryBefore = await memory();
  });
  afterAll(() => disposables.disposeAsync());

  const traceFile = (): string => path.join(bench.folder, 'trace');
  const logFile = (): string => path.join(bench.folder, 'worker.log');
  const memory = (): Promise<Memory> => collectedMemory({ pid: worker.pid, log: logFile() });

  async function upload(bytes: Buffer, fileName: string): Promise<string> {
    const file = path.join(bench.folder, crypto.randomUUID());
    await writeFile(file, bytes);
    try {
      return await client.upload(file, { filename: fileName, preset: 'preview' });
    } finally {
      await rm(file);
    }
  }

  /** The command lines of what it has started and what has not ended. */
  async function children(): Promise<string> {
    const pids = await readFile(`/proc/${worker.pid}/task/${worker.pid}/children`, 'utf8');
    const lines = await Promise.all(
      [...pids.matchAll(/\d+/g)].map(async ([pid]) => `${pid} ${await readFile(`/proc/${pid}/cmdline`, 'utf8')}`),
    );
    return lines.join('\n').replaceAll('\0', ' ');
  }

  /** Who finished a good video. */
  async function workersOfGoodVideo(title: string): Promise<(string | null)[]> {
    const video = await client.ended(await upload(bench.plain, `${title}.mp4`), PATIENCE_MS);
    if (video.state !== 'ready') throw new Error(`${title} is ${video.state}: ${video.failure?.sentence}`);
    return [...new Set(video.job?.tasks.map((task) => task.worker))];
  }

  describe.concurrent('each ends in a refusal that says why, or in a right result', () => {
    test.each(TAKEN)('$name', async (hostile: HostileCase) => {
      const bytes = await hostile.make(bench);
      const way = { upload: () => upload(bytes, hostile.fileName), client, patienceMs: PATIENCE_MS };
      expect(await judgeHostile(hostile, way)).toEqual([]);
    });
  });

  test('then the same worker process finishes a good video', async () => {
    // Host and process are in a worker's name.
    expect(await workersOfGoodVideo('after')).toEqual([`${hostname()}-${worker.pid}`]);
  });

  test('and its memory, its scratch and its children are back where they were', async () => {
    const after = await memory();
    expect(after.heap - memoryBefore.heap).toBeLessThan(MOST_GROWTH.heap);
    expect(after.resident - memoryBefore.resident).toBeLessThan(MOST_GROWTH.resident);
    // It takes what other tests have left undone too, and goes on with it for a while.
    const patience = { timeout: PATIENCE_MS / 2, story: children };
    await waitFor(async () => (await children()) === '', patience);
    await waitFor(async () => (await readdir(worker.scratch, { recursive: true })).length === 1, patience);
  });

  test('no other file was opened, and no address called', async () => {
    const trace = (await readFile(traceFile(), 'utf8')).split('\n');
    const port = new URL(bench.canaryUrl).port;
    // The trace sees what there is to see.
    expect(trace.filter((line) => /execve\(.*\/ffprobe"/.test(line)).length).toBeGreaterThan(TAKEN.length);
    expect(trace.filter((line) => /openat\(.*\/u\/.*O_RDONLY/.test(line)).length).toBeGreaterThan(TAKEN.length);
    expect(trace.filter((line) => /connect\(/.test(line)).length).toBeGreaterThan(0);

    expect(trace.filter((line) => line.includes('canary'))).toEqual([]);
    expect(trace.filter((line) => line.includes(`htons(${port})`))).toEqual([]);
    expect(asked).toBe(0);
  });

  test('nothing went wrong that has no name', async () => {
    const log = await readFile(logFile(), 'utf8');
    expect(log.split('\n').filter((line) => /"code":"(stage_failed|internal)"/.test(line))).toEqual([]);
  });
});
