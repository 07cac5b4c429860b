import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { openTaskScratch } from '../../src/scratch/task-scratch.ts';

const { folder: parent } = inject('servers');

test('a task that puts too much there is stopped, with a sentence', async () => {
  const { folder, signal, remove } = await openTaskScratch(parent, 'verify', { taskBytes: 1024 ** 2, lookMs: 10 });
  const over = once(signal, 'abort');
  await mkdir(path.join(folder, 'below'));
  await writeFile(path.join(folder, 'a'), Buffer.alloc(600_000));
  await writeFile(path.join(folder, 'below', 'b'), Buffer.alloc(600_000));
  await over;
  expect(signal.reason).toMatchObject({
    ...{ code: 'scratch_exceeded', blame: 'work' },
    message: 'This file needs more than the 1 MiB of scratch space that one task may have.',
  });
  await remove();
  await expect(access(folder)).rejects.toThrow('ENOENT');
});

test('a task is stopped where no more than what stays free is left on the disk, which is not the fault of its file', async () => {
  const options = { reserveBytes: Number.MAX_SAFE_INTEGER, lookMs: 10 };
  const { signal, remove } = await openTaskScratch(parent, 'verify', options);
  await once(signal, 'abort');
  expect(signal.reason).toMatchObject({ code: 'disk_reserved', blame: 'outage' });
  await remove();
});
