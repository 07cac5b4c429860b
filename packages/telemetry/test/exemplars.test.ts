import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginOperation,
  beginSpan,
  createMetrics,
  outsideSpans,
  startTracing,
  traceIdOf,
  type Metrics,
} from '../src/index.ts';

let metrics: Metrics;
let end: () => Promise<void>;
const sink = createServer((request, response) => {
  request.resume();
  response.end();
});

beforeAll(async () => {
  metrics = createMetrics('api');
  await new Promise<void>((resolve) => {
    sink.listen(0, '127.0.0.1', resolve);
  });
  const { port } = sink.address() as AddressInfo;
  end = await startTracing({ component: 'api', version: '0', endpoint: `http://127.0.0.1:${port}`, ratio: 1 });
});
afterAll(async () => {
  metrics.close();
  await end();
  sink.closeAllConnections();
  sink.close();
});

const exemplars = async (operation: string): Promise<string[]> => {
  const { body } = await metrics.scrape('application/openmetrics-text');
  return body
    .split('\n')
    .filter((line) => line.includes(`operation="${operation}"`))
    .flatMap((line) => /trace_id="([0-9a-f]+)"/.exec(line)?.[1] ?? []);
};

test('an operation belongs to the trace in which it began, whoever’s connection its answer comes over', async () => {
  const opener = beginSpan('request');
  const other = beginSpan('request');
  const ended = other.run(() => beginOperation({ of: 'database', operation: 'select' }));
  opener.run(() => ended());
  expect(await exemplars('select')).toEqual([traceIdOf(other.traceparent)]);
});

test('one that began outside of all traces belongs to none', async () => {
  const opener = beginSpan('request');
  const ended = outsideSpans(() => beginOperation({ of: 'database', operation: 'update' }));
  opener.run(() => ended());
  expect(await exemplars('update')).toEqual([]);
});
