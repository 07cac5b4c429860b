import { startStack, waitFor, type Stack } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { lavfi, makeSource } from '../make-source.ts';
import { killWorkerProcesses, startWorkerProcess } from '../worker-process.ts';
import { openWorkshop, type Workshop } from '../workshop.ts';

let stack: Stack;
let workshop: Workshop;

beforeAll(async () => {
  stack = await startStack();
  workshop = await openWorkshop({ stack });
});
afterEach(killWorkerProcesses);
afterAll(async () => {
  await workshop.dispose();
  await stack.dispose();
});

test('a worker that cannot tell its cluster anything says so once, works, and stops in order', async () => {
  const worker = await startWorkerProcess(stack, { pod: 'transcode/worker-1' });
  const deaf = (): string[] => worker.said.filter((line) => line.startsWith('Kubernetes could not be told'));
  await waitFor(() => deaf().length === 1);
  const work = await workshop.begin(await makeSource(lavfi('testsrc2=s=320x180:r=25:d=1')));
  await workshop.deliver(work, 'probe');
  await waitFor(async () => (await workshop.task(work, 'probe')).state === 'completed');
  worker.signal('SIGTERM');
  expect(await worker.exited).toBe(0);
  expect(deaf()).toHaveLength(1);
});
