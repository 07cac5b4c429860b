import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@transcode/testing';
import { expect, test } from 'vitest';
import { parseMeminfo } from '../../src/condition/machine-memory.ts';
import { processTree } from '../../src/condition/process-tree.ts';

const HELD_BYTES = 100 * 1024 ** 2;

test('counts what a process’ children use, and keeps their time when they have ended', async () => {
  // A shell whose child burns time and holds memory, until the shell is told to end it.
  const busy = `const held = Buffer.alloc(${HELD_BYTES}, 1); const end = Date.now() + 400; while (Date.now() < end); setTimeout(() => held, 60_000); process.stdout.write('done')`;
  const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" -e "${busy}" & read line; kill $!; wait; read line`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const pid = shell.pid ?? 0;
  try {
    await once(shell.stdout, 'data');
    const during = await processTree(pid);
    expect(during.memoryBytes).toBeGreaterThan(HELD_BYTES);
    expect(during.cpuSeconds).toBeGreaterThan(0.1);
    shell.stdin.write('end it\n');
    await waitFor(async () => (await processTree(pid)).memoryBytes < HELD_BYTES);
    expect((await processTree(pid)).cpuSeconds).toBeGreaterThanOrEqual(during.cpuSeconds);
  } finally {
    process.kill(-pid, 'SIGKILL');
  }
});

test('one that is gone uses nothing', async () => {
  const gone = spawn('/bin/true');
  await once(gone, 'exit');
  expect(await processTree(gone.pid ?? 0)).toEqual({ cpuSeconds: 0, memoryBytes: 0 });
});

test('the machine’s memory is what the kernel calls available', () => {
  const text = 'MemTotal:       16384000 kB\nMemFree:          100000 kB\nMemAvailable:   12288000 kB\n';
  expect(parseMeminfo(text)).toEqual({ totalBytes: 16_384_000 * 1024, usedBytes: 4_096_000 * 1024 });
  expect(() => parseMeminfo('MemTotal: 1 kB\n')).toThrow('MemAvailable');
});
