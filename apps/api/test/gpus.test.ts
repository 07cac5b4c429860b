import { GpuHistory, GpuList, SAMPLE_STALE_MS } from '@transcode/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { addRunningTask, addSamples, addWorker, GPU_UUID } from './workers.ts';

let here: Installation;
let api: RunningApi;
let operator: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  operator = await here.key('operator');
});
beforeEach(() => here.db.worker.deleteMany());
afterAll(() => here.dispose());

const get = async (path: string): Promise<unknown> =>
  (await fetch(`${api.url}/api/v1/gpus${path}`, { headers: { authorization: `Bearer ${operator}` } })).json();
const list = async (): Promise<GpuList> => GpuList.parse(await get(''));
const ago = (ms: number): Date => new Date(Date.now() - ms);

test('a GPU is told once, however many workers of its machine see it, with what runs there', async () => {
  const workers = [await addWorker(here, { id: 'a' }), await addWorker(here, { id: 'b' })];
  for (const { id } of workers) await addSamples(here, id);
  const task = await addRunningTask(here, 'b');
  const { items, without } = await list();
  expect(without).toEqual([]);
  expect(items).toEqual([
    expect.objectContaining({
      ...{ uuid: GPU_UUID, index: 0, name: 'Tesla T4', host: 'here', workers: ['a', 'b'] },
      sample: expect.objectContaining({ utilisation: 63, decoder: null, memoryTotalBytes: 16e9, encoderSessions: 2 }),
      tasks: [expect.objectContaining({ id: task.id })],
    }),
  ]);
});

test('two machines that see the same card each have it', async () => {
  for (const host of ['one', 'two']) await addSamples(here, (await addWorker(here, { host })).id);
  expect((await list()).items.map(({ host }) => host)).toEqual(['one', 'two']);
});

test('a machine without one says why, and has no number', async () => {
  const { id } = await addWorker(here);
  const reason = 'No NVIDIA driver is installed: there is no nvidia-smi.';
  await addSamples(here, id, { absence: reason });
  expect(await list()).toEqual({ items: [], without: [{ host: 'here', workers: [id], reason }] });
});

test('what was seen a while ago is not how it is now; a card that answers again is', async () => {
  const { id } = await addWorker(here);
  await addSamples(here, id);
  await here.db.gpuSample.updateMany({ data: { at: ago(SAMPLE_STALE_MS + 1_000) } });
  expect((await list()).items).toEqual([]);
  await addSamples(here, id);
  expect((await list()).items).toHaveLength(1);
});

test('the last hour has a point for each time, not for each worker that looked', async () => {
  const [one, two] = [await addWorker(here), await addWorker(here)];
  for (const { id } of [one, two]) {
    for (const age of [3_700_000, 40_000, 30_000]) {
      await addSamples(here, id);
      await here.db.gpuSample.updateMany({ where: { workerId: id, at: { gt: ago(20_000) } }, data: { at: ago(age) } });
    }
  }
  const { points } = GpuHistory.parse(await get(`/${GPU_UUID}/history`));
  expect(points.map(({ at }) => Math.round((Date.now() - new Date(at).getTime()) / 10_000))).toEqual([4, 3]);
});
