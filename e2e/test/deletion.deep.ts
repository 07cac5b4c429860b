import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { STAGES, type Stage } from '@transcode/contracts';
import { descendantsOf } from '@transcode/bench/chaos';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type StruckWorld } from '../src/world.ts';

const patience = { timeout: 240_000, interval: 10 };
const JOURNEY = STAGES.filter((stage) => stage !== 'poster' && stage !== 'erase');

/** Every video is deleted, each at another moment of its journey; at the end there is nothing of any of them. */
describe('deleting a video', () => {
  let world: StruckWorld;
  let source: string;
  /** What the requests to delete were answered, by the moment. */
  const answers = new Map<string, number[]>();

  beforeAll(async () => {
    world = await openWorld();
    source = await world.source('deleted');
    const journeys = JOURNEY.map((stage) => [`during ${stage}`, () => whileAt(stage)] as const);
    await Promise.all(
      [
        ['with half of it uploaded', () => world.client.uploadPart(source, 0.5, CHAOS)] as const,
        ['while it is being uploaded', uploadSlowly] as const,
        ['when its last byte has come', () => world.client.upload(source, CHAOS)] as const,
        ...journeys,
        ['when it is ready', ready] as const,
      ].map(async ([moment, reach]) => remove(moment, await reach())),
    );
    const twice = await ready();
    await Promise.all([remove('twice', twice), remove('twice', twice)]);
    await remove('once more', twice);
  }, 600_000);
  afterAll(async () => {
    await world.dispose();
    await world.remove();
  });

  const CHAOS = { preset: 'chaos' };

  async function remove(moment: string, videoId: string): Promise<void> {
    const { status } = await world.client.request(`/api/v1/videos/${videoId}`, { method: 'DELETE' });
    answers.set(moment, [...(answers.get(moment) ?? []), status]);
  }

  /** At this stage, or just beyond it. */
  async function whileAt(stage: Stage): Promise<string> {
    const videoId = await world.client.upload(source, CHAOS);
    await waitFor(
      () => world.db.task.findFirst({ where: { job: { videoId }, stage, state: { in: ['running', 'completed'] } } }),
      patience,
    );
    return videoId;
  }

  async function ready(): Promise<string> {
    const videoId = await world.client.upload(source, CHAOS);
    const { state } = await world.client.ended(videoId);
    if (state !== 'ready') throw new Error(`The video is ${state}`);
    return videoId;
  }

  /** Its bytes come slowly, and go on coming when it is deleted. */
  async function uploadSlowly(): Promise<string> {
    const bytes = await readFile(source);
    const created = await world.client.request('/api/uploads', {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(bytes.length),
        'upload-metadata': `filename ${Buffer.from('slow.mp4').toString('base64')}`,
      },
    });
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await sleep(100);
        controller.enqueue(bytes.subarray(0, 1_000));
      },
    });
    const patch = world.client.request(created.headers.get('location') ?? '', {
      method: 'PATCH',
      headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body,
      duplex: 'half',
    } as RequestInit);
    // Its line is cut when it is to make way.
    void patch.then(
      ({ status }) => answers.set('the upload', [status]),
      () => undefined,
    );
    const videoId = created.headers.get('transcode-video-id') ?? '';
    const { uploadId } = await world.db.video.findUniqueOrThrow({ where: { id: videoId } });
    await waitFor(() => world.db.uploadLock.findUnique({ where: { uploadId: uploadId ?? '' } }), patience);
    return videoId;
  }

  // The process that keeps the network of its sources is the worker's own, and stays with it.
  const running = (): number =>
    world.workers.flatMap(({ pid }) => descendantsOf(pid)).filter(({ name }) => name.startsWith('ff')).length;

  test('is answered with success at every moment, and by two who do it at once', () => {
    const { 'once more': again, twice = [], 'the upload': _upload, ...others } = Object.fromEntries(answers);
    expect(Object.values(others)).toEqual(Object.values(others).map(() => [204]));
    expect(Object.values(others)).toHaveLength(JOURNEY.length + 4);
    expect(twice.filter((status) => status !== 204 && status !== 404)).toEqual([]);
    expect(again).toEqual([404]);
  });

  test('leaves no object, no source, no unfinished upload, and no row of the work', async () => {
    await waitFor(async () => (await world.db.job.count({ where: { sweptAt: null } })) === 0, patience);
    await waitFor(async () => (await world.db.task.count()) === 0, patience);
    expect([...(await world.digests('w/')).keys()]).toEqual([]);
    expect(await world.db.chunk.count()).toBe(0);
    expect(await world.db.rendition.count()).toBe(0);
    const uploads = await world.db.upload.findMany();
    expect(uploads.filter(({ state }) => state === 'receiving')).toEqual([]);
    for (const { key } of uploads) expect(await world.storage.growing(key, { expectedBytes: 1 }).size()).toBe(0);
  });

  test('fails no job, and nobody sees an error', async () => {
    const jobs = await world.db.job.findMany({ include: { video: true } });
    expect(jobs.filter(({ state }) => state !== 'canceled' && state !== 'completed')).toEqual([]);
    expect(jobs.filter(({ video }) => video.state !== 'deleted')).toEqual([]);
    const names = [...world.apis, ...world.workers].map(({ name }) => name);
    const lines = (await Promise.all(names.map((name) => world.log(name)))).flat();
    expect(lines.filter(({ level, ...line }) => level === 'error' || Number(line['status'] ?? 0) >= 500)).toEqual([]);
  });

  test('ends every ffmpeg', async () => {
    await waitFor(() => running() === 0, patience);
    expect(running()).toBe(0);
  });
});
