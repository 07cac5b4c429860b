import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDatabase, type Database } from '@transcode/db';
import { findTools } from '@transcode/servers';
import { temporaryFolder, type TemporaryFolder } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withOwnPostgres } from '../src/backups/with-database.ts';
import { dataFolderAt, type DataFolder } from '../src/data-folder/data-folder.ts';
import { listeningContext, PATH, ROOT, runCommand, type Answer } from './run-command.ts';

let temporary: TemporaryFolder;
let data: DataFolder;
let run: (command: string, ...args: string[]) => Promise<Answer>;
let id: string;

beforeAll(async () => {
  temporary = await temporaryFolder('one video');
  data = dataFolderAt(path.join(temporary.path, 'data'));
  const copies = path.join(temporary.path, 'second store');
  const env = { PATH, DISK_RESERVE_MIB: '256', COPY_URL: pathToFileURL(copies).href };
  const { ffmpeg } = await findTools({ root: ROOT, env: { PATH } });
  const steps = [[...inputs(), ...X264, ...AAC, '{}']];
  await makeCase(ffmpeg, { name: 'one', file: 'one.mp4', steps, expect: { refused: '' } }, temporary.path);
  const file = path.join(temporary.path, 'one.mp4');
  await runCommand(['encode', '--data', data.path, file], { PATH, DISK_RESERVE_MIB: '256' });
  await cp(path.join(data.path, 'storage'), copies, { recursive: true });
  run = (command, ...args) => runCommand([command, '--data', data.path, ...args], env);
  id = await inDatabase(async (db) => {
    // As the reconciler does once the video rests.
    await db.job.updateMany({ data: { sweptAt: new Date() } });
    return (await db.video.findFirstOrThrow()).id;
  });
  await run('backup');
});
afterAll(() => temporary.remove());

async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { context } = listeningContext({ PATH });
  const tools = await findTools({ root: ROOT, env: { PATH } });
  return withOwnPostgres(context, data, tools, async (url) => {
    const db = createDatabase(url, { poolSize: 1 });
    try {
      return await work(db);
    } finally {
      await db.$disconnect();
    }
  });
}

test('what is no video, and what is for one alone, is refused in a sentence', async () => {
  expect(await run('restore', '--video', 'harbour')).toMatchObject({
    code: 1,
    said: expect.stringContaining('There is no video harbour'),
  });
  expect(await run('restore', '--incomplete')).toMatchObject({ code: 1, said: expect.stringContaining('--video') });
});

test('a video that was lost with its objects is told, comes back, and plays', async () => {
  await inDatabase((db) => db.video.delete({ where: { id } }));
  await rm(path.join(data.path, 'storage'), { recursive: true });
  const dry = await run('restore', '--video', id, '--dry-run');
  expect([dry.code, dry.said]).toEqual([0, expect.not.stringContaining('First, backing up')]);
  expect(dry.printed).toMatch(
    /"Video": 1 row added, 0 replaced, 0 as they are\n[^]*Objects: 0 in the storage, \d+ only/,
  );
  expect(await inDatabase((db) => db.video.count())).toBe(0);

  const restored = await run('restore', '--video', 'ONE.mp4');
  expect([restored.code, restored.printed]).toEqual([0, expect.stringContaining(`Restored the video ${id}.`)]);
  expect((await run('backup', '--list')).printed).toMatch(/ asked .*\n.* restore /);
  expect((await run('backup')).code).toBe(0);
  const drilled = await run('drill');
  expect([drilled.code, drilled.printed]).toEqual([0, expect.stringContaining('a video plays')]);
});

test('so do all videos of its workspace, and those that are as they were stay', async () => {
  const lost = await inDatabase(async (db) => {
    const { workspaceId } = await db.video.delete({ where: { id } });
    return workspaceId;
  });
  const dry = await run('restore', '--workspace', lost, '--dry-run');
  expect([dry.code, dry.printed]).toEqual([0, expect.stringMatching(/1 video of it in .*: 1 would be restored, 0 as/)]);
  expect(await inDatabase((db) => db.video.count())).toBe(0);
  const restored = await run('restore', '--workspace', lost);
  expect([restored.code, restored.printed]).toEqual([
    0,
    expect.stringMatching(/: 1 restored, 0 as they were then, 0 r/),
  ]);
  expect(restored.said.match(/First, backing up/g)).toHaveLength(1);
  const again = await run('restore', '--workspace', lost);
  expect([again.code, again.printed]).toEqual([0, expect.stringMatching(/: 0 restored, 1 as they were then, 0 r/)]);
  expect(again.said).not.toContain('First, backing up');
  expect(await run('restore', '--workspace', id)).toMatchObject({
    code: 1,
    said: expect.stringContaining(`There is no video of the workspace ${id}`),
  });
  expect(await run('restore', '--workspace', lost, '--video', id)).toMatchObject({
    code: 1,
    said: expect.stringContaining('not both'),
  });
});

test('rows are replaced on a word only', async () => {
  const rename = (title: string) => inDatabase((db) => db.video.update({ where: { id }, data: { title } }));
  await rename('Spoilt');
  expect(await run('restore', '--video', id)).toMatchObject({
    code: 1,
    said: expect.stringContaining('1 row of the video would be replaced. --replace does so'),
  });
  const { workspaceId } = await inDatabase((db) => db.video.findUniqueOrThrow({ where: { id } }));
  for (const options of [['--dry-run'], []])
    expect(await run('restore', '--workspace', workspaceId, ...options)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/one\.mp4 \(.*\) stays as it is\. 1 row of the video would be replaced/),
      printed: expect.stringContaining('1 refused.'),
    });
  expect((await run('restore', '--video', id, '--replace')).code).toBe(0);
  expect(await inDatabase((db) => db.video.findUnique({ where: { id } }))).toMatchObject({ title: 'one.mp4' });
  const again = await run('restore', '--video', id);
  expect([again.code, again.printed]).toEqual([0, expect.not.stringContaining('Restored')]);
});
