import { expect, test } from 'vitest';
import { kubectl, NAMESPACE, query, untilReady } from './cluster.ts';
import { withoutData } from './nodes.ts';
import { clip, people } from './people.ts';
import { say } from './say.ts';

const LONGEST_OUTAGE_SECONDS = 60;
const LONGEST_DRAIN = '60s';

export function faults(): void {
  test.for(['postgres', 'redis'])(
    'the only pod of %s is deleted: 503 with Retry-After for a while, and nothing is lost',
    async (part) => {
      const before = await people.upload(`before-${part}.mp4`, await clip(3));
      const { url } = await people.ready(before.id);
      const asking = people.ask(90);
      const uploading = people.upload(`during-${part}.mp4`, await clip(12), 20);
      await sleepSeconds(5);
      await kubectl('delete', 'pod', `${part}-0`, '--namespace', NAMESPACE, '--wait=false');
      const [{ answers }, { id, broken }] = await Promise.all([asking, uploading]);
      const away = answers.filter(({ status }) => status !== 200);
      const others = away.filter(({ status }) => status !== 503);
      const untold = away.filter(({ retryAfter }) => retryAfter === null);
      const outage = away.length === 0 ? 0 : (away.at(-1)?.at ?? 0) - (away[0]?.at ?? 0);
      const slowest = Math.max(...answers.map(({ tookMs }) => tookMs));
      say(
        `${part}: ${away.length} of ${answers.length} requests were answered 503 during ${outage.toFixed(1)} s, the slowest answer took ${slowest} ms, the upload broke off ${broken} times.`,
      );
      expect({ others, untold }).toEqual({ others: [], untold: [] });
      expect(outage).toBeLessThanOrEqual(LONGEST_OUTAGE_SECONDS);
      await untilReady(120);
      await people.play((await people.ready(id)).url);
      await people.play(url);
    },
  );

  test('a worker is killed in the middle of a chunk: its video becomes ready', async () => {
    const { id } = await people.upload('killed.mp4', await clip(60));
    const victim = await untilEncoding();
    await kubectl('delete', 'pod', victim, '--namespace', NAMESPACE, '--grace-period=0', '--force');
    const { url, seconds } = await people.ready(id);
    say(`${victim} was killed while it encoded; the video was ready ${seconds} s later.`);
    expect((await people.play(url)).parts).toBeGreaterThan(10);
    await untilReady(120);
  });

  test('the API is updated while videos are watched and uploaded: no read fails, no upload is lost', async () => {
    const { id } = await people.upload('watched.mp4', await clip(12));
    const { url } = await people.ready(id);
    const reading = people.read(url, 90);
    const uploading = people.upload('meanwhile.mp4', await clip(12), 60);
    await sleepSeconds(3);
    await kubectl('rollout', 'restart', 'deployment/api', '--namespace', NAMESPACE);
    await kubectl('rollout', 'status', 'deployment/api', '--namespace', NAMESPACE, '--timeout=300s');
    const [{ reads, failed }, uploaded] = await Promise.all([reading, uploading]);
    say(
      `${reads} reads during a rolling update, ${failed.length} failed; the upload broke off ${uploaded.broken} times.`,
    );
    expect(failed).toEqual([]);
    await people.play((await people.ready(uploaded.id)).url);
  });

  test('a node without data is drained while a video is made: no budget holds it up, no read fails', async () => {
    const { id } = await people.upload('drained.mp4', await clip(40));
    const { url } = await people.ready((await people.upload('short.mp4', await clip(3))).id);
    const node = await withoutData();
    const reading = people.read(url, 60);
    const started = Date.now();
    await kubectl(
      'drain',
      node,
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      '--force',
      `--timeout=${LONGEST_DRAIN}`,
    );
    say(`${node} was drained after ${Math.round((Date.now() - started) / 1_000)} s.`);
    const { reads, failed } = await reading;
    say(`${reads} reads meanwhile, ${failed.length} failed.`);
    await kubectl('uncordon', node);
    await untilReady(180);
    expect(failed).toEqual([]);
    await people.play((await people.ready(id)).url);
  });
}

const sleepSeconds = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/** The name of a worker's pod that encodes a chunk just now, by the database. */
async function untilEncoding(): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await query(`SELECT "workerId" FROM "Task" WHERE state = 'running' AND stage = 'encode' LIMIT 1`);
    if (found !== '') return found;
    await sleepSeconds(0.5);
  }
  throw new Error('Nothing was encoded within 150 s.');
}
