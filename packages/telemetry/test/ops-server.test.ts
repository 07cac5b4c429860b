import { expect, test } from 'vitest';
import { createLogger, createMetrics, measure, startOpsServer } from '../src/index.ts';

test('the operations port serves the metrics, and says 503 when something is missing', async () => {
  const metrics = createMetrics('api');
  const log = createLogger({ name: 'api', level: 'info', destination: { write: () => undefined } });
  let ready = true;
  metrics.beforeScrape({
    at: () => measure.set('tasksWaiting', { class: 'cpu', priority: 'normal' }, 7),
    tells: ['tasksWaiting'],
  });
  const server = await startOpsServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    log,
    health: () => undefined,
    ready: async () => ({ ready, checks: { postgres: { ok: ready } } }),
  });
  const base = `http://127.0.0.1:${server.port}`;
  const scraped = await (await fetch(`${base}/metrics`)).text();
  expect(scraped).toContain('transcode_tasks_waiting{class="cpu",priority="normal"} 7');
  expect((await fetch(`${base}/health`)).status).toBe(200);
  expect((await fetch(`${base}/ready`)).status).toBe(200);
  const level = async (init: RequestInit = {}) => (await fetch(`${base}/log-level`, init)).json();
  expect(await level()).toEqual({ level: 'info' });
  expect(await level({ method: 'PUT', body: 'debug' })).toEqual({ level: 'debug' });
  expect(log.level).toBe('debug');
  expect((await fetch(`${base}/log-level`, { method: 'PUT', body: 'loud' })).status).toBe(400);
  ready = false;
  expect((await fetch(`${base}/ready`)).status).toBe(503);
  expect((await fetch(`${base}/elsewhere`)).status).toBe(404);
  await server.close();
  metrics.close();
});
