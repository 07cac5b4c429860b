import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findTools } from '@transcode/servers';
import { temporaryFolder, waitFor, type TemporaryFolder } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepSafe } from '../src/backups/keep-safe.ts';
import { listeningContext, PATH, ROOT, runCommand, type Answer } from './run-command.ts';

const PATIENCE = { timeout: 180_000, interval: 500 };

let temporary: TemporaryFolder;
let data: string;
let media: string;
let env: Record<string, string>;
let run: (...args: string[]) => Promise<Answer>;

beforeAll(async () => {
  temporary = await temporaryFolder('drill');
  const inside = (name: string): string => path.join(temporary.path, name);
  [data, media] = [inside('data'), inside('second store/media')];
  env = { PATH, DISK_RESERVE_MIB: '256', BACKUP_URL: pathToFileURL(inside('second store/backups')).href };
  run = (...args) => runCommand(args, env);
  const { ffmpeg } = await findTools({ root: ROOT, env: { PATH } });
  const steps = [[...inputs(), ...X264, ...AAC, '{}']];
  await makeCase(ffmpeg, { name: 'one', file: 'one.mp4', steps, expect: { refused: '' } }, temporary.path);
});
afterAll(() => temporary.remove());

test('a video is encoded, and a backup made of it', async () => {
  expect((await run('encode', '--data', data, path.join(temporary.path, 'one.mp4'))).code).toBe(0);
  const { code, printed } = await run('backup', '--data', data);
  expect([code, printed]).toEqual([0, expect.stringMatching(/Objects of 1 video: \d+, \d+ KiB\.$/)]);
});

test('brings the product up from the newest backup, plays a video, and leaves nothing but what it took', async () => {
  const storage = await readdir(path.join(data, 'storage'), { recursive: true });
  const { code, printed, said } = await run('drill', '--data', data);
  expect([code, said]).toEqual([0, expect.stringContaining('Playing the video')]);
  expect(printed).toMatch(/a video plays\.\nRTO \d+ s.*\nRPO \d+ s/);
  expect((await run('drill', '--list', '--data', data)).printed).toMatch(/ {2}good$/);
  expect(await readdir(path.join(data, 'restored'))).toEqual([]);
  expect(await readdir(path.join(data, 'storage'), { recursive: true })).toEqual(storage);
});

test('one is held each week', async () => {
  const { context, said } = listeningContext(env);
  let clock = new Date('2027-01-02T12:00:00Z');
  const stop = new AbortController();
  const running = keepSafe(context, data, stop.signal, { lookMs: 20, now: () => clock });
  // A Sunday; the backup of that night comes first.
  clock = new Date('2027-01-03T04:00:00Z');
  await waitFor(async () => (await run('drill', '--list', '--data', data)).printed.split('\n').length === 2, PATIENCE);
  stop.abort();
  await running;
  expect(said).toEqual([]);
  expect((await run('backup', '--list', '--data', data)).printed).toContain(' schedule  restored ');
});

test('the machine is lost: all is rebuilt in an empty folder from a second store alone, and plays', async () => {
  await rename(path.join(data, 'storage'), media);
  await rm(data, { recursive: true });
  const anew = path.join(temporary.path, 'anew');
  const storage = pathToFileURL(media).href;
  const restored = await run('restore', '--data', anew, '--storage', storage);
  expect([restored.code, restored.printed]).toEqual([0, expect.stringMatching(/1 video: (\d+) of \1 are there/)]);
  const drilled = await run('drill', '--data', anew, '--storage', storage);
  expect([drilled.code, drilled.said, drilled.printed]).toEqual([
    ...[0, expect.any(String), expect.stringContaining('a video plays')],
  ]);

  const segment = (await readdir(media, { recursive: true })).find((name) => name.endsWith('.m4s'));
  await rm(path.join(media, segment ?? ''));
  expect(await run('drill', '--data', anew, '--storage', storage)).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no such object'),
  });
  expect((await run('drill', '--list', '--data', anew)).printed).toMatch(/ {2}bad: There is no such object/);
  expect(await run('backup', '--data', anew, '--storage', storage)).toMatchObject({
    code: 1,
    said: expect.stringContaining('has lost 1 of the objects that 1 of its videos need'),
  });
});
