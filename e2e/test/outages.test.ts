import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type StruckWorld } from '../src/world.ts';

const patience = { timeout: 240_000, interval: 50 };
const MINUTE_MS = 60_000;
const AT_ONCE = 3;

/** What everything stands on goes away in the middle of the work and comes back; nobody lifts a hand. */
describe('the work goes on by itself', () => {
  let world: StruckWorld;
  let source: string;

  beforeAll(async () => {
    world = await openWorld();
    source = await world.source('struck', { seconds: 26 });
  }, 240_000);
  afterEach(async () => {
    for (const { name, unasked } of [...world.apis, ...world.workers]) expect([name, unasked]).toEqual([name, []]);
  });
  afterAll(async () => {
    await world.dispose();
    await world.remove();
  });

  /** Some videos, of which one at least is being encoded. */
  async function begin(): Promise<string[]> {
    const videos = await Promise.all(
      Array.from({ length: AT_ONCE }, () => world.client.upload(source, { preset: 'chaos' })),
    );
    await waitFor(
      () => world.db.task.findFirst({ where: { job: { videoId: { in: videos } }, stage: 'encode', state: 'running' } }),
      patience,
    );
    return videos;
  }

  async function expectReadyOnce(videos: readonly string[]): Promise<void> {
    for (const videoId of videos) {
      const { state, failure } = await world.client.ended(videoId, patience.timeout);
      expect({ state, failure }).toEqual({ state: 'ready', failure: null });
      const jobs = await world.db.job.findMany({ where: { videoId }, include: { tasks: true } });
      expect(jobs.map((job) => job.state)).toEqual(['completed']);
      // An outage is nobody's fault.
      expect(jobs.flatMap(({ tasks }) => tasks).filter(({ attempts }) => attempts > 0)).toEqual([]);
      const told = await world.db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM "Outbox" WHERE "topic" = 'video.ready' AND "payload"->>'videoId' = ${videoId}`;
      expect(told[0]?.count).toBe(1);
    }
  }

  test('after S3 was down for a minute', async () => {
    const videos = await begin();
    await world.servers.s3?.die('SIGKILL');
    await sleep(MINUTE_MS);
    const before = await world.db.video.findMany({ where: { id: { in: videos }, state: { in: ['failed', 'ready'] } } });
    expect(before).toEqual([]);
    await world.servers.s3?.comeBack();
    await expectReadyOnce(videos);
  }, 600_000);

  test('after Redis was down', async () => {
    const videos = await begin();
    await world.servers.redis.die('SIGKILL');
    await sleep(10_000);
    await world.servers.redis.comeBack();
    await expectReadyOnce(videos);
  }, 600_000);

  test('after Postgres was restarted at once, without asking anybody', async () => {
    const videos = await begin();
    await world.servers.postgres.die('SIGQUIT');
    await world.servers.postgres.comeBack();
    await expectReadyOnce(videos);
  }, 600_000);
});
