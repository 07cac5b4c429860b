import { expect, test } from 'vitest';
import { startChild } from '../../src/ffmpeg/child-process.ts';

test('keeps what a child wrote for a reader that begins after its end', async () => {
  const { signal } = new AbortController();
  const limits = { seconds: 60, fileBytes: 0, network: 'none' as const };
  const child = startChild({ file: '/bin/sh', argv: ['-c', 'head -c 50000 /dev/zero >&3'], pipes: 1, limits, signal });
  await child.exited;
  // The stream hears of the end a turn later than we do.
  await new Promise((resolve) => setImmediate(resolve));
  const [pipe] = child.pipes;
  let bytes = 0;
  for await (const data of (pipe ?? []) as AsyncIterable<Buffer>) bytes += data.length;
  expect(bytes).toBe(50_000);
});
