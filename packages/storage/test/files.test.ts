import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '../src/index.ts';
import { all, describeStorage } from './conformance.ts';
import { describeGrowing } from './growing-conformance.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'transcode storage '));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const open = (): ReturnType<typeof openStorage> => openStorage(pathToFileURL(root).href);

describe('files', () => {
  describeStorage(open);
  describeGrowing(open);

  it('has a path for each object, and no presigned address', async () => {
    const storage = open();
    await storage.put('p/q', Buffer.from('x'));
    expect(storage.localPath('p/q')).toBe(join(root, 'p/q'));
    expect(await storage.presign('p/q', { expiresSeconds: 60 })).toBeUndefined();
  });

  it('lists in the order of the bytes, as Amazon does', async () => {
    const storage = open();
    const keys = ['o/a-b', 'o/a.txt', 'o/a/1', 'o/a/b/c', 'o/a0', 'o/aa'];
    await Promise.all(keys.map((key) => storage.put(key, Buffer.from('x'))));
    expect((await all(storage.list('o/'))).map(({ key }) => key)).toEqual(keys);
  });

  it('leaves no empty folders and no temporary files behind', async () => {
    const storage = open();
    await storage.put('tidy/a/b/c', Buffer.from('x'));
    await storage.delete(['tidy/a/b/c']);
    expect(await readdir(root)).not.toContain('tidy');
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
  });

  it('is rid of what was begun long ago, and of nothing else', async () => {
    const storage = open();
    const [old, fresh] = ['old', 'fresh'].map((name) => join(root, '.tmp', name));
    await storage.put('tidied/object', Buffer.from('x'));
    for (const path of [old ?? '', fresh ?? '']) await writeFile(path, 'begun');
    const hour = 3_600_000;
    await utimes(old ?? '', new Date(), new Date(Date.now() - 2 * hour));
    expect(await storage.tidy(new Date(Date.now() - hour))).toBe(1);
    expect(await readdir(join(root, '.tmp'))).toEqual(['fresh']);
    expect(await storage.head('tidied/object')).toMatchObject({ bytes: 1 });
    await rm(fresh ?? '');
  });
});
