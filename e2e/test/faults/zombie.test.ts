import { descendantsOf } from '@transcode/bench/chaos';
import type { Preset } from '@transcode/contracts';
import { waitFor, type Patience } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ffmpegInRealTime } from '../../src/ffmpeg-in-real-time.ts';
import { openWorld, type StruckWorld } from '../../src/world.ts';

const patience = { timeout: 120_000, interval: 50 };

const ONE_RUNG: Preset = {
  ...{ name: 'one-rung', title: 'One rung', description: 'One small rendition.', speed: 'fast', crf: 20 },
  ...{ ladder: [{ height: 180, bitRate: 300_000 }], audioBitRate: 64_000 },
};

type Digests = ReadonlyMap<string, string>;

/** What a claim was when its worker was stopped. */
interface Stopped {
  readonly taskId: string;
  readonly token: number;
  readonly pids: readonly number[];
}

function ffmpegsOf(worker: number): number[] {
  return descendantsOf(worker)
    .filter(({ name }) => name === 'ffmpeg')
    .map(({ pid }) => pid);
}

function strike(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      const alreadyGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
      if (!alreadyGone) throw error;
    }
  }
}

/**
 * A worker is stopped with its ffmpeg, for longer than its lease; another does its work; then it goes on. Once in the middle of an
 * encode, and once while its commit waits for the database.
 */
describe('a worker that comes back from the dead', () => {
  let world: StruckWorld;
  let source: string;

  beforeAll(async () => {
    // Segments enough that one is put seconds before the last comes out, though the encoder looks far ahead.
    world = await openWorld({ apis: 1, chunkSegments: 3, insteadOfFfmpeg: ffmpegInRealTime });
    source = await world.source('zombie', { seconds: 18 });
    const { id: workspaceId } = await world.db.workspace.findFirstOrThrow();
    await world.db.preset.create({ data: { workspaceId, name: ONE_RUNG.name, definition: ONE_RUNG } });
  }, 240_000);
  afterAll(async () => {
    for (const worker of world.workers) worker.signal('SIGCONT');
    await world.dispose();
    await world.remove();
  });

  const [zombie, other] = [0, 1].map((index) => () => {
    const worker = world.workers[index];
    if (worker === undefined) throw new Error('There are two workers');
    return worker;
  }) as [() => StruckWorld['workers'][number], () => StruckWorld['workers'][number]];

  /** A video that the worker that will be stopped has for itself. */
  async function begin(): Promise<{ videoId: string; folder: string }> {
    other().signal('SIGSTOP');
    const videoId = await world.client.upload(source, { preset: ONE_RUNG.name });
    const { workspaceId } = await world.db.video.findUniqueOrThrow({ where: { id: videoId } });
    return { videoId, folder: `w/${workspaceId}/v/${videoId}/` };
  }

  async function stop(taskId: string, token: number): Promise<Stopped> {
    const pids = [zombie().pid, ...descendantsOf(zombie().pid).map(({ pid }) => pid)];
    strike(pids, 'SIGSTOP');
    const task = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
    expect(task).toMatchObject({ state: 'running', token, workerId: zombie().name });
    other().signal('SIGCONT');
    return { taskId, token, pids };
  }

  /**
   * The other does it all; then the zombie goes on. Returns the digests of what is published before and after, when nothing else is
   * left.
   */
  async function goOn(
    { taskId, token, pids }: Stopped,
    videoId: string,
    folder: string,
  ): Promise<[before: Digests, after: Digests]> {
    const video = await world.client.ended(videoId, patience.timeout);
    expect(video.failure).toBeNull();
    expect(video.state).toBe('ready');
    await waitFor(async () => (await openTasks(videoId)) === 0, patience);
    const won = await world.db.task.findUniqueOrThrow({ where: { id: taskId } });
    expect(won).toMatchObject({ state: 'completed', workerId: other().name, token: token + 1 });
    const needed = await neededKeys(videoId, folder);
    const before = await world.digests(folder);
    expect([...needed].filter((key) => !before.has(key))).toEqual([]);

    strike(pids.toReversed(), 'SIGCONT');
    const refused = await waitFor(async () => {
      const lines = await world.log(zombie().name);
      return lines.find(
        (line) => line['task_id'] === taskId && line['claim'] === token && line.msg.startsWith('The claim was lost'),
      );
    }, patience);
    expect(refused.level).toBe('warn');

    // Its leftovers go: those it had put before, and what it put when it went on.
    await waitFor(async () => [...(await world.digests(folder)).keys()].every((key) => needed.has(key)), patience);
    expect(await world.db.task.findUniqueOrThrow({ where: { id: taskId } })).toEqual(won);
    // The process that keeps the network of its sources is the worker's own, and goes on with it.
    const left = descendantsOf(zombie().pid).filter(({ pid, name }) => pids.includes(pid) && name.startsWith('ff'));
    expect(left).toEqual([]);
    const after = await world.digests(folder);
    return [new Map([...before].filter(([key]) => needed.has(key))), after];
  }

  /** An encode at the zombie that has put a segment and goes on with the next. */
  async function encodeThatHasPut(videoId: string, folder: string): Promise<{ id: string; token: number } | undefined> {
    const running = await world.db.task.findFirst({
      where: { job: { videoId }, stage: 'encode', state: 'running', workerId: zombie().name },
    });
    if (running === null) return undefined;
    const own = `/${running.index}-${running.token}/`;
    for await (const { key } of world.storage.list(folder)) if (key.includes(own)) return running;
    return undefined;
  }

  const told = (videoId: string): Patience => ({ ...patience, story: () => world.story(videoId) });

  const openTasks = (videoId: string): Promise<number> =>
    world.db.task.count({ where: { job: { videoId }, state: { in: ['blocked', 'queued', 'running'] } } });

  /** All that the rows of the video name. */
  async function neededKeys(videoId: string, folder: string): Promise<Set<string>> {
    const job = await world.db.job.findFirstOrThrow({ where: { videoId }, include: { chunks: true } });
    const text = JSON.stringify([job.published, job.chunks.map(({ result }) => result)]);
    return new Set(
      [...text.matchAll(/"key":"([^"]+)"/g)].map(([, key = '']) => key).filter((key) => key.startsWith(folder)),
    );
  }

  test('stopped in the middle of an encode, it changes nothing that is published', async () => {
    const { videoId, folder } = await begin();
    const task = await waitFor(async () => {
      // It cannot end while we look.
      const looked = ffmpegsOf(zombie().pid);
      strike(looked, 'SIGSTOP');
      const found = looked.length > 0 ? await encodeThatHasPut(videoId, folder) : undefined;
      if (found === undefined) strike(looked, 'SIGCONT');
      return found;
    }, told(videoId));
    const [before, after] = await goOn(await stop(task.id, task.token), videoId, folder);
    expect(after).toEqual(before);
  }, 600_000);

  test('stopped in the middle of its commit, it is refused', async () => {
    const { videoId, folder } = await begin();
    const task = await waitFor(
      () => world.db.task.findFirst({ where: { job: { videoId }, stage: 'encode', state: 'running' } }),
      patience,
    );
    // Nobody can write about the job as long as we hold its row: the commit waits in the database.
    const stopped = await world.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM "Job" WHERE "id" = ${task.jobId}::uuid FOR NO KEY UPDATE`;
        await waitFor(async () => {
          // What keeps our transaction from being idle for too long.
          await tx.$queryRaw`SELECT 1`;
          const [waiting] = await world.db.$queryRaw<{ count: number }[]>`
            SELECT count(*)::int AS count FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query LIKE '%"state" FROM "Job"%FOR NO KEY UPDATE%'`;
          return waiting?.count === 1;
        }, patience);
        return stop(task.id, task.token);
      },
      { timeout: patience.timeout },
    );
    const [before, after] = await goOn(stopped, videoId, folder);
    expect(after).toEqual(before);
  }, 600_000);
});
