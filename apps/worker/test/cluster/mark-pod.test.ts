import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@transcode/telemetry';
import { waitFor } from '@transcode/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { markPod, type PodMarks } from '../../src/cluster/mark-pod.ts';
import { patchPod } from '../../src/cluster/patch-pod.ts';
import { startKubernetesStandIn, type KubernetesStandIn } from './kubernetes-stand-in.ts';

let kubernetes: KubernetesStandIn;
let marks: PodMarks | undefined;
let said: string[];

beforeEach(async () => {
  kubernetes = await startKubernetesStandIn();
  said = [];
});
afterEach(async () => {
  await marks?.stop();
  await kubernetes.dispose();
});

const REST_MS = 200;
const start = (): PodMarks =>
  (marks = markPod({
    ...{ pod: 'transcode/worker-1', cluster: kubernetes.cluster, restMs: REST_MS, retryMs: 2 * REST_MS },
    log: createLogger({
      name: 'worker',
      level: 'info',
      also: (line) => void said.push((JSON.parse(line) as { msg: string }).msg),
    }),
  }));
const costs = (): (string | null | undefined)[] =>
  kubernetes.asked.map(({ annotations }) => annotations['controller.kubernetes.io/pod-deletion-cost']);

const IDLE = {
  'controller.kubernetes.io/pod-deletion-cost': '0',
  'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true',
  'karpenter.sh/do-not-disrupt': null,
};

test('a worker says on its own pod that it is idle, then busy, then idle', async () => {
  const { begin } = start();
  await waitFor(() => kubernetes.asked.length === 1);
  const end = begin('cpu');
  await waitFor(() => kubernetes.asked.length === 2);
  end();
  await waitFor(() => kubernetes.asked.length === 3);
  expect(kubernetes.asked.map(({ annotations }) => annotations)).toEqual([
    IDLE,
    {
      'controller.kubernetes.io/pod-deletion-cost': '100',
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
      'karpenter.sh/do-not-disrupt': 'true',
    },
    IDLE,
  ]);
  expect(kubernetes.asked[0]).toMatchObject({
    ...{ method: 'PATCH', path: '/api/v1/namespaces/transcode/pods/worker-1' },
    ...{ type: 'application/merge-patch+json', token: 'Bearer first' },
  });
});

test('an encode is dearer than small tasks, and all that is in hand counts', async () => {
  const { begin } = start();
  await waitFor(() => kubernetes.asked.length === 1);
  const ends = [begin('light'), begin('light'), begin('cpu')];
  await waitFor(() => kubernetes.asked.length === 2);
  ends[2]?.();
  await waitFor(() => kubernetes.asked.length === 3);
  expect(costs()).toEqual(['0', '102', '2']);
});

test('what changes all the time is told now and then, and its end for certain', async () => {
  const { begin } = start();
  const started = performance.now();
  for (let tasks = 0; tasks < 60; tasks += 1) {
    const end = begin('light');
    await sleep(5);
    end();
    await sleep(5);
  }
  await sleep(2 * REST_MS);
  expect(kubernetes.asked.length).toBeLessThanOrEqual(1 + (performance.now() - started) / REST_MS);
  expect(costs().at(-1)).toBe('0');
});

test('a cluster that refuses is told again, by the token of then, and is complained of once', async () => {
  kubernetes.answer(403);
  const { begin } = start();
  begin('cpu');
  await waitFor(() => kubernetes.asked.length >= 3);
  await kubernetes.setToken('second');
  kubernetes.answer(200);
  await waitFor(() => said.length === 2);
  expect(said).toEqual([
    'Kubernetes could not be told what this worker has in hand',
    'Kubernetes is told again what this worker has in hand',
  ]);
  expect(kubernetes.asked.at(-1)).toMatchObject({ token: 'Bearer second' });
  expect(costs().at(-1)).toBe('100');
});

test('what it says is what the API said, and another’s certificate is not believed', async () => {
  kubernetes.answer(403);
  await expect(patchPod('transcode/worker-1', {}, kubernetes.cluster)).rejects.toThrow(
    'Kubernetes answered 403: pods "worker-1" is forbidden',
  );
  const another = await startKubernetesStandIn();
  const mixed = { url: another.cluster.url, folder: kubernetes.cluster.folder };
  await expect(patchPod('transcode/worker-1', {}, mixed)).rejects.toThrow(/certificate/);
  expect(another.asked).toEqual([]);
  await another.dispose();
});

test('stopped, it says nothing more', async () => {
  const { begin, stop } = start();
  await waitFor(() => kubernetes.asked.length === 1);
  await stop();
  begin('cpu');
  await sleep(2 * REST_MS);
  expect(kubernetes.asked).toHaveLength(1);
});

test('outside Kubernetes nobody is asked', async () => {
  marks = markPod({
    pod: undefined,
    cluster: kubernetes.cluster,
    log: createLogger({ name: 'worker', level: 'silent' }),
  });
  marks.begin('cpu')();
  await sleep(REST_MS);
  expect(kubernetes.asked).toEqual([]);
});
