import { setTimeout as sleep } from 'node:timers/promises';
import {
  COLLECTOR_FILE,
  GO,
  JAEGER_FILE,
  jaegerProgram,
  startTraceServers,
  waitFor,
  type TraceServers,
} from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTool } from '../../test/run-tool.ts';
import { madeSpan, newTraceId, sendSpans, type MadeSpan } from './made-span.ts';

const API = 'transcode-api';
const WORKER = 'transcode-worker';
const DECISION_SECONDS = 2;
const SHARE = 2;
const MANY = 500;

/** A trace of one request, and how it went. */
const request = (route: string, how: { seconds?: number; failed?: boolean } = {}): MadeSpan =>
  madeSpan({ in: newTraceId(), of: 'request', service: API, attributes: { 'http.route': route }, ...how });
const within = (below: MadeSpan) => ({ in: below.traceId, below });

// Building Jaeger takes some minutes the first time.
describe.skipIf(GO === undefined)('Jaeger and the collector, which are built by Go', { timeout: 120_000 }, () => {
  let servers: TraceServers;
  beforeAll(async () => {
    servers = await startTraceServers({ keptPercent: SHARE, decisionSeconds: DECISION_SECONDS });
  }, 1_800_000);
  afterAll(() => servers.stop(), 60_000);

  const send = (...spans: MadeSpan[]): Promise<void> => sendSpans(servers.endpoint, spans);
  const isKept = async ({ traceId }: MadeSpan): Promise<boolean> => (await servers.trace(traceId)).length > 0;
  const arrived = (span: MadeSpan, spans: number): Promise<boolean> =>
    waitFor(async () => (await servers.trace(span.traceId)).length === spans, { timeout: 30_000 });

  test.for([COLLECTOR_FILE, JAEGER_FILE])('%s is valid', async (file) => {
    const bin = await jaegerProgram();
    expect(await runTool(bin, ['validate', `--config=file:${file}`], '/')).not.toMatch(/error/i);
  });

  test('a request that failed, and one that took long, are kept', async () => {
    const failed = request('/api/v1/videos', { failed: true });
    const slow = request('/api/v1/jobs', { seconds: 3 });
    await send(failed, slow);
    expect(await arrived(failed, 1)).toBe(true);
    expect(await arrived(slow, 1)).toBe(true);
  });

  test('so is a quick one whose statement took long, with all of it', async () => {
    const quick = request('/api/v1/videos');
    const attributes = { 'db.system.name': 'postgresql' };
    await send(
      quick,
      madeSpan({ ...within(quick), of: 'database', service: 'postgres', seconds: 1.5, attributes }),
      madeSpan({ ...within(quick), of: 'storage', service: 'storage' }),
    );
    expect(await arrived(quick, 3)).toBe(true);
  });

  test('a video is kept whole: what comes after the decision too, and without an error in it', async () => {
    const first = request('/api/uploads');
    await send(first);
    expect(await arrived(first, 1)).toBe(true);
    const task = madeSpan({ ...within(first), of: 'task', service: WORKER, seconds: 600 });
    await send(
      madeSpan({ in: first.traceId, below: task, of: 'ffmpeg', service: WORKER, seconds: 590 }),
      madeSpan({ in: first.traceId, below: task, of: 'storage', service: 'storage' }),
    );
    expect(await arrived(first, 3)).toBe(true);
    await send(task);
    expect(await arrived(first, 4)).toBe(true);
    const map = await waitFor(
      async () => {
        const edges = await servers.services();
        return (
          [`${API} → ${WORKER}`, `${WORKER} → storage`, `${API} → postgres`].every((edge) => edges.includes(edge)) &&
          edges
        );
      },
      { timeout: 30_000 },
    );
    expect(map).toContain(`${API} → ${WORKER}`);
  });

  test('so is a request that queues work', async () => {
    const again = request('/api/v1/videos/:id/retry');
    const attributes = { 'messaging.batch.message_count': 3 };
    await send(again, madeSpan({ ...within(again), of: 'deliver', service: 'redis', attributes }));
    expect(await arrived(again, 2)).toBe(true);
  });

  test('of the rest, however long uploads and event streams took, a share is kept', async () => {
    const groups = {
      quick: () => request('/api/v1/videos'),
      uploads: () => request('/api/uploads/*', { seconds: 600 }),
      pages: () => request('/api/trpc/events.workspace', { seconds: 3_600 }),
    };
    for (const [name, make] of Object.entries(groups)) {
      const sent = Array.from({ length: MANY }, make);
      await send(...sent);
      const percent = async (): Promise<number> =>
        (100 * (await Promise.all(sent.map(isKept))).filter(Boolean).length) / MANY;
      const patience = { timeout: 30_000, interval: 500 };
      await waitFor(async () => (await percent()) > 0, patience);
      // Whatever of them is still to be decided.
      await sleep(2_000 * DECISION_SECONDS);
      expect([name, (await percent()) < SHARE * 4]).toEqual([name, true]);
    }
  });
});
