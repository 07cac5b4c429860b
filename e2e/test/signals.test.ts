import { LOG_EVENTS, LOG_FIELDS, METRICS, PlatformHistory, SPANS, type LogEvent } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { exemplarsOf, prometheusOf } from '../src/signals/ask-prometheus.ts';
import { movedMetrics } from '../src/signals/moved-metrics.ts';
import type { ReceivedSpan } from '../src/signals/span-sink.ts';
import { useAndBreak, type Mix } from '../src/signals/use-and-break.ts';
import { WatchedInstallation } from '../src/signals/watched-installation.ts';
import { TOOLS } from '../src/tools.ts';

/** What only happens to a Redis that is short of memory, which ours is not. */
const NEVER_HERE = new Set<string>([
  ...[METRICS.redisEvictedKeys.name, METRICS.redisMemoryLimitBytes.name],
  // Three tasks of two videos have to die of their surroundings; quarantine.test.ts has that.
  METRICS.workerQuarantined.name,
]);

/** What a running installation tells of itself, while it is used well and badly, and things break. */
describe('signals', () => {
  let watched: WatchedInstallation;
  let mix: Mix;
  const client = (): Client => watched.client;
  const spans = (): readonly ReceivedSpan[] => watched.sink.spans;

  beforeAll(async () => {
    watched = await WatchedInstallation.start();
    mix = await useAndBreak(watched, TOOLS.ffmpeg);
  }, 600_000);
  afterAll(() => watched.stop());

  test('one trace leads from the upload to each ffmpeg, over two attempts', async () => {
    const job = (await client().video(mix.video)).job?.id;
    const own = await waitFor(
      () => {
        const first = spans().find(({ attributes }) => attributes['transcode.job.id'] === job);
        const all = spans().filter(({ traceId }) => traceId === first?.traceId);
        // The process that publishes may tell it before another tells what it encoded.
        const isTold = all.some(({ name }) => name === 'task publish') && all.some(isAnotherAttempt);
        return isTold ? all : undefined;
      },
      { timeout: 20_000 },
    );
    const ofTasks = spans().filter(({ attributes }) => attributes['transcode.job.id'] === job);
    expect(new Set(ofTasks.map(({ traceId }) => traceId)).size).toBe(1);
    const names = new Set(own.map(({ name }) => name));
    for (const name of ['POST /api/uploads', 'upload', 'queue encode', 'task encode', 'task publish', 'ffmpeg'])
      expect([name, names.has(name)]).toEqual([name, true]);
    const services = new Map(own.map(({ spanId, service }) => [spanId, service]));
    const asks = own.map(({ parentSpanId, service }) => `${services.get(parentSpanId ?? '') ?? 'nobody'} → ${service}`);
    for (const process of ['transcode-api', 'transcode-worker'])
      for (const asked of ['postgres', 'redis', 'storage']) expect(asks).toContain(`${process} → ${asked}`);
    const operator = new Client(watched.installation.url, await watched.installation.key('operator'));
    const page = (await (await operator.request(`/api/v1/jobs/${job}`)).json()) as { trace: { url: string } };
    expect(page.trace.url).toBe(`${watched.sink.url}/trace/${own[0]?.traceId}`);
    const seen = (await (await client().request(`/api/v1/jobs/${job}`)).json()) as { trace: unknown };
    expect(seen.trace).toBeNull();
    // Each is a part of another of the same trace, but for the first.
    const ids = new Set(own.map(({ spanId }) => spanId));
    const roots = own.filter(({ parentSpanId }) => parentSpanId === undefined || parentSpanId === '');
    expect(roots.map(({ name }) => name)).toEqual(['POST /api/uploads']);
    const orphans = own.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId));
    // What was under way in the worker that was killed was never sent.
    expect(orphans.every(({ service }) => service !== 'transcode-api')).toBe(true);
    // Of two requests that wait for the same connection none is drawn as a part of the other.
    const requests = spans()
      .filter(({ name }) => name === 'GET /api/v1/me')
      .map(({ traceId }) => traceId);
    const statements = requests.map((traceId) => spans().filter((span) => span.traceId === traceId).length);
    expect(Math.max(...statements)).toBeLessThan(20);
  });

  test('the console’s questions and the API’s answers are one trace', () => {
    const question = spans().find(({ name }) => name === 'console auth.signIn');
    const answer = spans().find(({ parentSpanId }) => parentSpanId === question?.spanId);
    expect(answer).toMatchObject({ service: 'transcode-api', traceId: question?.traceId });
  });

  test('spans say what the contract lists, and each that it lists was there', () => {
    const listed = Object.values(SPANS).flatMap(({ attributes }) => attributes as readonly string[]);
    const seen = new Set(spans().flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...seen].filter((attribute) => !listed.includes(attribute))).toEqual([]);
    expect(listed.filter((attribute) => !seen.has(attribute))).toEqual([]);
    expect(spans().some(isFailed)).toBe(true);
  });

  test('lines have the fields of the contract, events what it says of them, and ids follow the work', async () => {
    const lines = await watched.logLines();
    const fields = new Set(lines.flatMap((line) => Object.keys(line)));
    expect([...fields].filter((field) => !(field in LOG_FIELDS))).toEqual([]);
    const told = lines.filter((line) => 'event' in line);
    for (const line of told) {
      const wanted = LOG_EVENTS[line['event'] as LogEvent];
      expect([line['event'], wanted.filter((field) => !(field in line))]).toEqual([line['event'], []]);
    }
    const never = new Set(['database_failed', 'reconciler_step_failed']);
    const events = new Set(told.map(({ event }) => event));
    expect(Object.keys(LOG_EVENTS).filter((event) => !events.has(event) && !never.has(event))).toEqual([]);
    const uploads = lines.filter(
      ({ event, path: at }) => event === 'request_ended' && String(at).startsWith('/api/uploads/'),
    );
    const requestId = String(
      lines.find(({ event, video_id }) => event === 'task_ended' && video_id === mix.video)?.['request_id'],
    );
    expect(uploads.map((line) => line['request_id'])).toContain(requestId);
    const ofTasks = told.filter(({ event }) => event === 'task_begun' || event === 'task_ended');
    expect(ofTasks.filter((line) => !('trace_id' in line))).toEqual([]);
    for (const line of lines)
      expect([line['caller'], String(line['caller']).split(' ')[0]]).toEqual([line['caller'], line['component']]);
  });

  test('no secret is in any of it', async () => {
    const everything = JSON.stringify([await watched.logLines(), spans()]) + watched.scraped;
    for (const [name, secret] of Object.entries(mix.secrets)) {
      expect([name, secret.length > 10]).toEqual([name, true]);
      expect([name, everything.includes(secret)]).toEqual([name, false]);
    }
  });

  test('the time that a task took leads to its trace', async () => {
    const job = (await client().video(mix.video)).job?.id;
    const trace = spans().find(({ attributes }) => attributes['transcode.job.id'] === job)?.traceId;
    const prometheus = await prometheusOf(watched.installation.data);
    expect(await exemplarsOf(prometheus, 'transcode_task_duration_seconds_bucket')).toContain(trace);
  });

  test('the console’s history is what Prometheus recorded', async () => {
    const operator = new Client(watched.installation.url, await watched.installation.key('operator'));
    const { points } = await waitFor(
      async () => {
        const answer = await operator.request('/api/v1/monitoring/history?span=6h');
        const history = PlatformHistory.parse(await answer.json());
        return history.points.some(({ requests }) => requests !== null) ? history : undefined;
      },
      { timeout: 150_000, interval: 5_000 },
    );
    const seen = points.filter(({ requests }) => requests !== null);
    expect(seen.some(({ waiting }) => waiting !== null)).toBe(true);
  });

  test('every metric has moved, and no series is for one thing alone', () => {
    const moved = movedMetrics(watched.scrapes);
    const still = Object.values(METRICS).filter(({ name }) => !moved.has(name) && !NEVER_HERE.has(name));
    expect(still.map(({ name }) => name)).toEqual([]);
    const series = [...new Set(watched.scrapes.flatMap((scrape) => [...scrape.keys()]))];
    expect(series.filter((each) => /[0-9a-f]{8}-[0-9a-f]{4}-7/.test(each))).toEqual([]);
  });
});

const isFailed = ({ failed }: ReceivedSpan): boolean => failed;
const isAnotherAttempt = ({ attributes, links }: ReceivedSpan): boolean =>
  'transcode.task.id' in attributes && links.length > 0;
