import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type StruckWorld } from '../../src/world.ts';

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

  interface Ending {
    readonly state: string;
    /** Of its jobs. */
    readonly jobs: readonly string[];
    /** Stages that failed for their own sake: an outage is nobody's fault. */
    readonly failed: readonly string[];
    /** How often its readiness was told. */
    readonly told: number;
  }
  const WELL: Ending = { state: 'ready', jobs: ['completed'], failed: [], told: 1 };

  async function endings(videos: readonly string[]): Promise<Ending[]> {
    return Promise.all(
      videos.map(async (videoId) => {
        const { state } = await world.client.ended(videoId, patience.timeout);
        const jobs = await world.db.job.findMany({ where: { videoId }, include: { tasks: true } });
        const failed = jobs.flatMap(({ tasks }) => tasks).filter(({ attempts }) => attempts > 0);
        const told = await world.db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM "Outbox" WHERE "topic" = 'video.ready' AND "payload"->>'videoId' = ${videoId}`;
        return {
          ...{ state, told: told[0]?.count ?? 0, failed: failed.map(({ stage }) => stage) },
          jobs: jobs.map((job) => job.state),
        };
      }),
    );
  }

  test('after S3 was down for a minute', async () => {
    const videos = await begin();
    await world.servers.s3?.die('SIGKILL');
    await sleep(MINUTE_MS);
    const before = await world.db.video.findMany({ where: { id: { in: videos }, state: { in: ['failed', 'ready'] } } });
    expect(before).toEqual([]);
    await world.servers.s3?.comeBack();
    expect(await endings(videos)).toEqual(videos.map(() => WELL));
  }, 600_000);

  test('after Redis was down', async () => {
    const videos = await begin();
    await world.servers.redis.die('SIGKILL');
    await sleep(10_000);
    await world.servers.redis.comeBack();
    expect(await endings(videos)).toEqual(videos.map(() => WELL));
  }, 600_000);

  test('after Postgres was restarted at once, without asking anybody', async () => {
    const videos = await begin();
    await world.servers.postgres.die('SIGQUIT');
    await world.servers.postgres.comeBack();
    expect(await endings(videos)).toEqual(videos.map(() => WELL));
  }, 600_000);

  test('and no process of ours died of any of it', () => {
    expect([...world.apis, ...world.workers].flatMap(({ unasked }) => unasked)).toEqual([]);
  });
});
