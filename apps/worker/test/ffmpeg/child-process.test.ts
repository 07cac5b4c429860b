import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild } from '../../src/ffmpeg/child-process.ts';
import { setUpSandbox } from '../../src/ffmpeg/sandbox.ts';

const uncaught: string[] = [];
const note = (error: Error): unknown => uncaught.push(error.message);

beforeAll(() => {
  setUpSandbox({});
  process.on('uncaughtException', note);
});
afterAll(() => process.off('uncaughtException', note));

const limits = { seconds: 30, fileBytes: 0, network: 'none' } as const;

test.each(['abort', 'kill'] as const)('a child that dies by %s with input unread takes nobody along', async (how) => {
  const stop = new AbortController();
  const inputs = Array.from({ length: 3 }, () => Readable.from([Buffer.alloc(1000)]));
  const argv = ['60'];
  const child = startChild({ file: '/bin/sleep', argv, stdin: 'none', inputs, limits, signal: stop.signal });
  child.stdout.resume();
  child.stderr.resume();
  await child.fed;
  if (how === 'abort') stop.abort();
  else process.kill(-(child.pid ?? 0), 'SIGKILL');
  expect(await child.exited).toMatchObject({ signal: 'SIGKILL' });
  // What the system says of its pipes may come after its end.
  await pause(50);
  expect(uncaught).toEqual([]);
});
