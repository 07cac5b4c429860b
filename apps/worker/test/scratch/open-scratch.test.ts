import { mkdir, mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { openScratch } from '../../src/scratch/open-scratch.ts';

const parentFolder = (): Promise<string> => mkdtemp(path.join(inject('servers').folder, 'scratch-'));

test('what a killed worker left is gone, and nothing else', async () => {
  const parent = await parentFolder();
  await writeFile(path.join(parent, 'thesis.doc'), 'not ours');
  await mkdir(path.join(parent, 'transcode-worker-2'));
  const before = await openScratch(parent, { workerId: 'worker-1' });
  await mkdir(path.join(before.folder, 'encode-x'));
  await writeFile(path.join(before.folder, 'encode-x', 'half'), 'left over');

  const { folder, remove } = await openScratch(parent, { workerId: 'worker-1' });
  expect(folder).toBe(before.folder);
  expect(await readdir(folder)).toEqual([]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await readdir(parent)).toSorted()).toEqual(['thesis.doc', 'transcode-worker-1', 'transcode-worker-2']);
  await remove();
  expect((await readdir(parent)).toSorted()).toEqual(['thesis.doc', 'transcode-worker-2']);
});

test('the name of a worker leads nowhere else', async () => {
  const parent = await parentFolder();
  const { folder } = await openScratch(parent, { workerId: '../../etc' });
  expect(path.dirname(folder)).toBe(parent);
});

test('it says when there is no room, with figures', async () => {
  const parent = await parentFolder();
  expect(await (await openScratch(parent, { freeBytes: 1 })).lack()).toBeUndefined();
  const lacking = await openScratch(parent, { freeBytes: 1024 ** 5, reserveBytes: 1024 ** 3 });
  expect(await lacking.lack()).toMatch(/^[\d.]+ [GM]iB are free on the disk .* and 1048577\.0 GiB have to be$/);
});
