import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Stage, TaskState } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../src/client.ts';
import { holdProcess } from '../../src/hold-process.ts';
import { startInstallation, type Installation } from '../../src/installation.ts';
import { startOwnWorker } from '../../src/own-worker.ts';
import { pidOf } from '../../src/pid-of.ts';
import { TOOLS } from '../../src/tools.ts';

const FAULTS = ['nothing', 'cut-short', 'dropped', 'sound-late', 'vanished'] as const;
type Fault = (typeof FAULTS)[number];
type Answer = Awaited<ReturnType<Installation['transcode']>>;

/**
 * Five commands wait for their videos while we choose who works: the installation's own worker is held, and workers of single
 * classes take turns. Between packaging and verification, and between verification and publishing, we spoil what is in storage.
 */
describe('./transcode encode', () => {
  const disposables = new AsyncDisposableStack();
  let folder: string;
  let installation: Installation;
  const answers = new Map<Fault, Answer>();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
    disposables.defer(() => rm(folder, { recursive: true, force: true }));
    installation = await startInstallation();
    disposables.defer(() => installation.stop());
    disposables.use(holdProcess(await pidOf(installation.data, 'worker-1')));
    const key = (await installation.transcode('token', '--role', 'editor')).stdout.trim();
    const client = new Client(installation.url, key);
    const encodes = await Promise.all(
      FAULTS.map(async (fault) => {
        const file = await source(TOOLS.ffmpeg, folder, fault);
        return [fault, installation.transcode('encode', file, '--json', '--out', outOf(fault))] as const;
      }),
    );
    const videos = await waitFor(() => videoIds(client), { timeout: 60_000 });
    const until = (stages: readonly Stage[], states: readonly TaskState[], classes: string): Promise<void> =>
      workUntil({ installation, client, videos: [...videos.values()] }, { stages, states, classes });

    await until(['plan'], ['completed'], 'light');
    await until(['encode', 'audio'], ['completed'], 'cpu');
    await until(['package'], ['completed'], 'light');
    for (const fault of FAULTS) if (fault !== 'vanished') await spoil(fault, videos.get(fault) ?? '');
    await until(['verify', 'measure'], ['completed', 'failed', 'canceled'], 'cpu');
    await spoil('vanished', videos.get('vanished') ?? '');
    const publisher = await startOwnWorker(installation.data, 'light');
    for (const [fault, answer] of encodes) answers.set(fault, await answer);
    await publisher.stop();
  });
  afterAll(() => disposables.disposeAsync());

  const outOf = (fault: Fault): string => path.join(folder, `out-${fault}`);

  /** The segments of a video in storage, with their folder. */
  async function spoil(fault: Fault, videoId: string): Promise<void> {
    const storage = path.join(installation.data, 'storage');
    const files = (await readdir(storage, { recursive: true })).filter((file) => file.includes(`/v/${videoId}/`));
    const segment = (rendition: string, index: number): string => {
      const found = files.find((file) => file.includes(`/${rendition}/`) && file.endsWith(`/${index}.m4s`));
      if (found === undefined) throw new Error(`There is no segment ${index} of ${rendition} among ${files.join()}`);
      return path.join(storage, found);
    };
    switch (fault) {
      case 'nothing':
        return;
      case 'cut-short':
        return truncate(segment('v180', 1), 5_000);
      case 'dropped':
      case 'vanished':
        return rm(segment('v180', 1));
      case 'sound-late':
        for (const index of [0, 1, 2]) await delaySound(segment('a-und', index), 80);
    }
  }

  function ended(fault: Fault): { code: number; state: string; error?: { code: string; sentence: string } } {
    const { code, stdout } = answers.get(fault) ?? { code: -1, stdout: '{}' };
    const { state, error } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ReturnType<typeof ended>;
    return { code, state, ...(error === undefined ? {} : { error }) };
  }

  test('ends with 0 and a folder where nothing was spoilt', async () => {
    expect(ended('nothing')).toEqual({ code: 0, state: 'ready' });
    expect(await readdir(outOf('nothing'))).toContain('master.m3u8');
  });

  test('ends with 1 where a segment was cut short after packaging', () => {
    expect(ended('cut-short')).toEqual(refused('v180/1-1/1.m4s is not what was encoded (5000 bytes)'));
  });

  test('ends with 1 where a segment was dropped after packaging', () => {
    expect(ended('dropped')).toEqual(refused('v180/1-1/1.m4s is missing'));
  });

  test('ends with 1 where the sound was moved by 80 ms after packaging', () => {
    const { error, ...end } = ended('sound-late');
    expect(end).toEqual({ code: 1, state: 'failed' });
    expect(error?.sentence).toMatch(/check: a-und\/0-1\/0\.m4s is not what was encoded/);
  });

  test('ends with 1 where a segment vanished between verification and publishing', () => {
    expect(ended('vanished')).toEqual(refused('v180/1-1/1.m4s is missing'));
  });

  test('leaves no folder behind where it failed', async () => {
    const left = (await readdir(folder)).filter((name) => name.startsWith('out-'));
    expect(left).toEqual(['out-nothing']);
  });
});

const refused = (reason: string): unknown => ({
  code: 1,
  state: 'failed',
  error: expect.objectContaining({
    code: 'verify_failed',
    sentence: `The finished video did not pass its check: ${reason}. It was not published.`,
  }),
});

/** Three segments: 6 s, the first chunk; 6 s and 2 s, the second. */
function source(ffmpeg: string, folder: string, name: string): Promise<string> {
  const steps = [[...inputs({ frames: 350 }), ...X264, ...AAC, '{}']];
  return makeCase(ffmpeg, { name, file: `${name}.mp4`, steps, expect: { refused: '' } }, folder);
}

/** Ids of the videos by what will happen to them, once all are uploaded. */
async function videoIds(client: Client): Promise<Map<Fault, string> | undefined> {
  const answer = await client.request('/api/v1/videos');
  const { items } = (await answer.json()) as { items: { id: string; title: string; state: string }[] };
  const uploaded = items.filter(({ state }) => state !== 'uploading');
  const found = FAULTS.flatMap((fault) => {
    const video = uploaded.find(({ title }) => title.startsWith(fault));
    return video === undefined ? [] : [[fault, video.id] as const];
  });
  return found.length === FAULTS.length ? new Map(found) : undefined;
}

/** Lets a worker of these classes work until the stages of all videos are in one of these states. */
async function workUntil(
  { installation, client, videos }: { installation: Installation; client: Client; videos: readonly string[] },
  { stages, states, classes }: { stages: readonly Stage[]; states: readonly TaskState[]; classes: string },
): Promise<void> {
  const worker = await startOwnWorker(installation.data, classes);
  const isDone = async (id: string): Promise<boolean> => {
    const tasks = (await client.video(id)).job?.tasks ?? [];
    return stages.every((stage) => {
      const all = tasks.filter((task) => task.stage === stage);
      return all.length > 0 && all.every((task) => states.includes(task.state));
    });
  };
  await waitFor(async () => (await Promise.all(videos.map(isDone))).every(Boolean), {
    timeout: 120_000,
    interval: 200,
  });
  await worker.stop();
}

/** Adds to the decode time of every fragment. */
async function delaySound(file: string, milliseconds: number): Promise<void> {
  const bytes = await readFile(file);
  for (let at = bytes.indexOf('tfdt'); at !== -1; at = bytes.indexOf('tfdt', at + 1))
    bytes.writeBigUInt64BE(bytes.readBigUInt64BE(at + 8) + BigInt(milliseconds * 48), at + 8);
  await writeFile(file, bytes);
}
