import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { BrokenInvariant, TranscodeError } from '@transcode/contracts';
import { expect, it } from 'vitest';
import { collectBody } from '../src/collect-body.ts';
import type { Storage, StoredObject } from '../src/index.ts';

const MiB = 1024 ** 2;

/** What every implementation of the port does. `key` makes keys that no other test uses. */
export function describeStorage(open: () => Storage): void {
  let folders = 0;
  const fresh = (): { storage: Storage; folder: string } => {
    folders += 1;
    return { storage: open(), folder: `w/${process.pid}-${folders}` };
  };

  it('gives back what was put', async () => {
    const { storage, folder } = fresh();
    const key = `${folder}/a b/ü-1.m4s`;
    expect(await storage.put(key, Buffer.from('hello'), { contentType: 'video/mp4' })).toEqual({ bytes: 5 });
    expect((await storage.read(key)).toString()).toBe('hello');
    const head = await storage.head(key);
    expect(head).toMatchObject({ key, bytes: 5 });
    expect(Math.abs((head?.modified.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('puts empty objects', async () => {
    const { storage, folder } = fresh();
    await storage.put(`${folder}/empty`, Buffer.alloc(0));
    expect(await storage.read(`${folder}/empty`)).toHaveLength(0);
    await storage.put(`${folder}/empty-stream`, Readable.from([]));
    expect(await storage.head(`${folder}/empty-stream`)).toMatchObject({ bytes: 0 });
  });

  it('puts streams of any length with flat memory', async () => {
    const { storage, folder } = fresh();
    const source = randomStream(40 * MiB);
    const before = process.memoryUsage().rss;
    expect(await storage.put(`${folder}/big`, source.stream)).toEqual({ bytes: 40 * MiB });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MiB);
    expect(await digestOf(await storage.get(`${folder}/big`))).toBe(source.digest());
  });

  it('writes a key once', async () => {
    const { storage, folder } = fresh();
    const key = `${folder}/once`;
    await storage.put(key, Buffer.from('first'));
    await refused(storage.put(key, Buffer.from('second')), 'conflict');
    await refused(storage.put(key, randomStream(12 * MiB).stream), 'conflict');
    expect((await storage.read(key)).toString()).toBe('first');
  });

  it('lets one of many writers win', async () => {
    const { storage, folder } = fresh();
    const key = `${folder}/race`;
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => storage.put(key, Buffer.from(String(index)))),
    );
    const winners = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []));
    expect(winners).toEqual([(await storage.read(key)).toString()]);
  });

  it('keeps nothing of a body that breaks off', async () => {
    const { storage, folder } = fresh();
    const key = `${folder}/broken`;
    for (const bytes of [100_000, 20 * MiB]) {
      await expect(storage.put(key, breakingStream(bytes))).rejects.toBeInstanceOf(TranscodeError);
      await refused(storage.put(key, randomStream(bytes).stream, { bytes: bytes + 1 }), 'stage_failed');
      expect(await storage.head(key)).toBeUndefined();
    }
    expect(await all(storage.list(`${folder}/`))).toEqual([]);
    await storage.put(key, Buffer.from('whole'));
  });

  it('survives a body that breaks before it is read', async () => {
    const { storage, folder } = fresh();
    const body = new Readable({ read: () => undefined });
    const put = storage.put(`${folder}/early`, body);
    body.destroy(new Error('The line broke at once.'));
    await expect(put).rejects.toBeInstanceOf(TranscodeError);
    const late = new Readable({ read: () => undefined });
    const append = storage.growing(`${folder}/late`, { expectedBytes: 1 }).append(0, late);
    late.destroy(new Error('The line broke at once.'));
    expect(await append).toBe(0);
  });

  it('reads ranges', async () => {
    const { storage, folder } = fresh();
    const key = `${folder}/ranges`;
    await storage.put(key, Buffer.from('0123456789'));
    const range = async (start: number, end: number): Promise<string> =>
      (await collectBody(await storage.get(key, { start, end }))).toString();
    expect(await range(0, 0)).toBe('0');
    expect(await range(3, 6)).toBe('3456');
    expect(await range(8, 100)).toBe('89');
  });

  it('says not_found', async () => {
    const { storage, folder } = fresh();
    await storage.put(`${folder}/folder/object`, Buffer.from('x'));
    for (const key of [`${folder}/nothing`, `${folder}/folder`, `${folder}/folder/object/below`]) {
      await refused(storage.get(key), 'not_found');
      await refused(storage.get(key, { start: 1, end: 2 }), 'not_found');
      await refused(storage.read(key), 'not_found');
      expect(await storage.head(key)).toBeUndefined();
    }
  });

  it('lists in order', async () => {
    const { storage, folder } = fresh();
    const names = ['a/1', 'a/10', 'a/2', 'aa', 'b/c/d', 'é', 'Z'];
    await Promise.all(names.map((name) => storage.put(`${folder}/${name}`, Buffer.from(name))));
    const growing = storage.growing(`${folder}/g`, { expectedBytes: 1 });
    await growing.append(0, Readable.from([Buffer.from('g')]));
    const listed = await all(storage.list(`${folder}/`));
    expect(listed.map(({ key }) => key)).toEqual(
      names.map((name) => `${folder}/${name}`).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    expect(listed[0]?.bytes).toBe(1);
    expect((await all(storage.list(`${folder}/a/1`))).map(({ bytes }) => bytes)).toEqual([3, 4]);
    expect(await all(storage.list(`${folder}/none`))).toEqual([]);
  });

  it('deletes keys and prefixes', async () => {
    const { storage, folder } = fresh();
    const names = ['a/1', 'a/2', 'a/3', 'ab', 'b/1'];
    await Promise.all(names.map((name) => storage.put(`${folder}/${name}`, Buffer.from(name))));
    await storage.delete([]);
    await storage.delete([`${folder}/a/1`, `${folder}/never`, `${folder}/a/1`]);
    expect(await storage.head(`${folder}/a/1`)).toBeUndefined();
    const growing = storage.growing(`${folder}/a/g`, { expectedBytes: 4 });
    await growing.append(0, Readable.from([Buffer.from('half')]));
    expect(await storage.deletePrefix(`${folder}/a/`)).toBeGreaterThanOrEqual(2);
    expect(await growing.size()).toBe(0);
    expect((await all(storage.list(folder))).map(({ key }) => key)).toEqual([`${folder}/ab`, `${folder}/b/1`]);
    await storage.put(`${folder}/a/1`, Buffer.from('again'));
  });

  it('refuses keys that could leave its root', async () => {
    const { storage } = fresh();
    const bad = ['', '/a', 'a/', 'a//b', '..', 'a/../b', './a', 'a/.b', 'a\u0000b', 'a\nb', 'a\\b', 'x'.repeat(241)];
    bad.push('a/'.repeat(500) + 'a', 'a.part', 'a.parts/b', 'a\uD800');
    for (const key of bad) {
      const attempts: (() => Promise<unknown>)[] = [
        () => storage.put(key, Buffer.from('x')),
        () => storage.get(key),
        () => storage.head(key),
        () => storage.delete([key]),
      ];
      for (const attempt of attempts)
        await expect(Promise.resolve().then(attempt)).rejects.toBeInstanceOf(BrokenInvariant);
      expect(() => storage.growing(key, { expectedBytes: 1 })).toThrow(BrokenInvariant);
    }
  });

  it('is healthy', async () => {
    await expect(open().health()).resolves.toBeUndefined();
  });

  it('tells what its disk has, where it has one', async () => {
    const { storage, folder } = fresh();
    await storage.put(`${folder}/one`, Buffer.from('1'));
    const room = await storage.room();
    expect(room === undefined).toBe(storage.kind === 's3');
    expect(room?.freeBytes ?? 0).toBeLessThanOrEqual(room?.totalBytes ?? 0);
  });
}

export async function refused(promise: Promise<unknown>, code: string): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, 'it was not refused').toBeInstanceOf(TranscodeError);
  expect((error as TranscodeError).code).toBe(code);
}

export async function all(objects: AsyncIterable<StoredObject>): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for await (const object of objects) found.push(object);
  return found;
}

export async function digestOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

/** Bytes that repeat nowhere near a part's size, made as they are read. */
export function randomStream(bytes: number): { stream: Readable; digest: () => string } {
  const hash = createHash('sha256');
  const block = randomBytes(64 * 1024 + 13);
  let left = bytes;
  const stream = new Readable({
    read() {
      const chunk = Buffer.from(block.subarray(0, Math.min(left, block.length)));
      if (chunk.length >= 8) chunk.writeDoubleLE(left);
      left -= chunk.length;
      hash.update(chunk);
      this.push(chunk.length === 0 ? null : chunk);
    },
  });
  return { stream, digest: () => hash.digest('hex') };
}

/** A body whose connection breaks after so many bytes. */
export function breakingStream(bytes: number): Readable {
  const { stream } = randomStream(bytes);
  let came = 0;
  return Readable.from(
    (async function* broken() {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        came += chunk.length;
        yield chunk;
      }
      throw new Error(`The line broke after ${came} bytes.`);
    })(),
    { objectMode: false },
  );
}
