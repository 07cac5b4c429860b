import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { METRICS } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { createLogger, createMetrics, startOpsServer } from '../src/index.ts';

test('a log line is one JSON object with our names, and secrets are not in it', async () => {
  const destination = new PassThrough();
  const log = createLogger({ name: 'api', level: 'info', destination });
  log.info({ job_id: 'j1', headers: { authorization: 'Bearer tc_secret', cookie: 'session=1' } }, 'Hello');
  log.debug('Not told at this level');
  destination.end();
  const line = (await text(destination)).trimEnd();
  expect(line).not.toContain('tc_secret');
  expect(line).not.toContain('session=1');
  const entry = JSON.parse(line) as Record<string, unknown>;
  expect(entry).toMatchObject({ level: 'info', msg: 'Hello', caller: 'api', job_id: 'j1' });
  expect(new Date(String(entry['time'])).toISOString()).toBe(entry['time']);
});

test('the operations port serves every metric, and says 503 when something is missing', async () => {
  const metrics = createMetrics();
  let ready = true;
  metrics.beforeScrape(async () => metrics.set('tasksWaiting', { class: 'cpu', priority: 'normal' }, 7));
  metrics.count('tasksTotal', { stage: 'encode', outcome: 'completed' });
  const server = await startOpsServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    health: () => undefined,
    ready: async () => ({ ready, checks: { postgres: { ok: ready } } }),
  });
  const base = `http://127.0.0.1:${server.port}`;
  const scraped = await (await fetch(`${base}/metrics`)).text();
  for (const { name } of Object.values(METRICS)) expect(scraped).toContain(`# TYPE ${name} `);
  expect(scraped).toContain('transcode_tasks_waiting{class="cpu",priority="normal"} 7');
  expect((await fetch(`${base}/health`)).status).toBe(200);
  expect((await fetch(`${base}/ready`)).status).toBe(200);
  ready = false;
  expect((await fetch(`${base}/ready`)).status).toBe(503);
  expect((await fetch(`${base}/elsewhere`)).status).toBe(404);
  await server.close();
});
