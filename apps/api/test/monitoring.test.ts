import { MonitoringView, PlatformHistory, Problem, TestAlertView } from '@transcode/contracts';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

let here: Installation;
let admin: string;

beforeAll(async () => {
  here = await install();
  admin = await here.key('admin');
});
afterAll(() => here.dispose());

/** Asks an API that was started with these settings. */
async function ask(path: string, { env = {}, ...request }: RequestInit & { env?: Record<string, string> } = {}) {
  const api = await here.start(env);
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
  const response = await fetch(`${api.url}/api/v1/monitoring${path}`, { headers, ...request });
  return { status: response.status, body: await response.json() };
}

test('what was recorded comes at moments that lie evenly, and what nobody saw is nothing', async () => {
  const { status, body } = await ask('/history?span=6h');
  expect(status).toBe(200);
  const { points, stepSeconds, from, to } = PlatformHistory.parse(body);
  expect(stepSeconds).toBe(120);
  expect(points).toHaveLength(181);
  expect([points[0]?.at, points.at(-1)?.at]).toEqual([from, to]);
  const [first, hourAgo] = [points[0], points.at(-30)];
  expect(first).toMatchObject({ requests: null, latencySeconds: null, waiting: null, completed: null, failed: null });
  expect(hourAgo).toMatchObject({
    requests: 4,
    errors: 0.5,
    latencySeconds: 0.25,
    waiting: 42,
    running: 2,
    failed: null,
  });
  expect(hourAgo?.completed).toBeCloseTo(36);
});

test('the longest span has as many moments as the shortest', async () => {
  const { body } = await ask('/history?span=30d');
  expect(PlatformHistory.parse(body).points).toHaveLength(181);
});

test('a test alert is with Alertmanager, and says who will hear of it', async () => {
  const told = await ask('/test-alert', { method: 'POST', body: '{"severity":"critical"}' });
  expect(TestAlertView.parse(told.body)).toEqual({ channels: ['webhook'], withinSeconds: 10 });
  const alerts = await (await fetch(`${inject('watchers')['ALERTMANAGER_URL']}/api/v2/alerts`)).json();
  expect(alerts).toContainEqual(
    expect.objectContaining({ labels: { alertname: 'TestAlert', severity: 'critical', component: 'monitoring' } }),
  );
  const nobody = await ask('/test-alert', { method: 'POST', body: '{}' });
  expect(TestAlertView.parse(nobody.body).channels).toEqual([]);
});

test('where nobody watches, it says what to set', async () => {
  const env = { PROMETHEUS_URL: '', ALERTMANAGER_URL: '' };
  expect(MonitoringView.parse((await ask('', { env })).body)).toEqual({
    history: false,
    alerts: false,
    dashboards: [],
  });
  const history = await ask('/history', { env });
  expect([history.status, Problem.parse(history.body).detail]).toEqual([
    409,
    'This installation was not told where its Prometheus is: set PROMETHEUS_URL, or start with ./transcode up --monitoring.',
  ]);
  expect((await ask('/test-alert', { env, method: 'POST', body: '{}' })).status).toBe(409);
});

test('where they are away, it says so', async () => {
  const env = { PROMETHEUS_URL: 'http://127.0.0.1:9', ALERTMANAGER_URL: 'http://127.0.0.1:9' };
  const history = await ask('/history', { env });
  expect([history.status, Problem.parse(history.body).detail]).toEqual([
    502,
    'Prometheus does not answer: it could not be reached.',
  ]);
  expect((await ask('/test-alert', { env, method: 'POST', body: '{}' })).status).toBe(502);
});

test('dashboards are linked to where Grafana is', async () => {
  const { body } = await ask('', { env: { GRAFANA_URL: 'https://grafana.example.org/' } });
  const { dashboards, ...rest } = MonitoringView.parse(body);
  expect(rest).toEqual({ history: true, alerts: true });
  expect(dashboards).toContainEqual({ title: 'Jobs', url: 'https://grafana.example.org/d/transcode-jobs' });
});
