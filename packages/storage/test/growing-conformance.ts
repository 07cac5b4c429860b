import { Readable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { collectBody } from '../src/collect-body.ts';
import type { Storage } from '../src/index.ts';
import { all, breakingStream, digestOf, randomStream, refused } from './conformance.ts';

const MiB = 1024 ** 2;
const from = (text: string): Readable => Readable.from([Buffer.from(text)]);

/** What every implementation does with an object that is still arriving. */
export function describeGrowing(open: () => Storage): void {
  let names = 0;
  const name = (): string => {
    names += 1;
    return `g/${process.pid}-${names}/source`;
  };

  it('grows, is read on the way, and becomes a plain object', async () => {
    const storage = open();
    const key = name();
    const growing = storage.growing(key, { expectedBytes: 10 });
    expect(await growing.size()).toBe(0);
    const durable: number[] = [];
    expect(await growing.append(0, from('01234'), { onDurable: (size) => durable.push(size) })).toBe(5);
    expect(durable.at(-1)).toBe(5);
    expect(await storage.head(key)).toBeUndefined();
    expect((await collectBody(await growing.read())).toString()).toBe('01234');
    // Another replica goes on with it.
    const other = open().growing(key, { expectedBytes: 10 });
    expect(await other.size()).toBe(5);
    expect(await other.append(5, from('56789'))).toBe(10);
    expect((await collectBody(await growing.read({ start: 3, end: 6 }))).toString()).toBe('3456');
    expect(await other.finish()).toEqual({ bytes: 10 });
    expect((await storage.read(key)).toString()).toBe('0123456789');
    expect(await growing.finish()).toEqual({ bytes: 10 });
    expect(await growing.size()).toBe(10);
    expect((await all(storage.list(key))).map((object) => object.key)).toEqual([key]);
    await refused(growing.append(10, from('more')), 'conflict');
    await growing.abort();
    expect((await storage.read(key)).toString()).toBe('0123456789');
  });

  it('takes bytes only where it ends', async () => {
    const growing = open().growing(name(), { expectedBytes: 100 });
    await growing.append(0, from('01234'));
    await refused(growing.append(4, from('x')), 'conflict');
    await refused(growing.append(6, from('x')), 'conflict');
    expect(await growing.append(5, Readable.from([]))).toBe(5);
  });

  it('keeps what arrived before the line broke', async () => {
    const storage = open();
    const growing = storage.growing(name(), { expectedBytes: 64 * MiB });
    const kept = await growing.append(0, breakingStream(21 * MiB + 5));
    expect(kept).toBe(21 * MiB + 5);
    expect(await growing.size()).toBe(kept);
  });

  it('keeps what arrived until it is enough, and leaves the body as it is', async () => {
    const storage = open();
    const growing = storage.growing(name(), { expectedBytes: 10 });
    const enough = new AbortController();
    const body = new Readable({ read: () => undefined });
    const kept = growing.append(0, body, { enough: enough.signal });
    body.push('01234');
    await vi.waitUntil(() => body.readableLength === 0, { timeout: 30_000 });
    enough.abort();
    expect(await kept).toBe(5);
    expect(await growing.size()).toBe(5);
    expect(body.destroyed).toBe(false);
    expect(await growing.append(5, from('56789'), { enough: AbortSignal.abort() })).toBe(5);
  });

  it('puts many pieces of every size together, byte for byte', async () => {
    const storage = open();
    const key = name();
    const sizes = [1, 3 * MiB, 100, 9 * MiB + 1, 5, 2 * MiB, 2 * MiB, 2 * MiB, 17 * MiB, 1, 1, 4 * MiB];
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const whole = await collectBody(randomStream(bytes).stream);
    let offset = 0;
    for (const size of sizes) {
      const growing = storage.growing(key, { expectedBytes: bytes });
      const end = offset + size;
      expect(await growing.append(offset, Readable.from([whole.subarray(offset, end)]))).toBe(end);
      expect(await growing.size()).toBe(end);
      offset = end;
    }
    const growing = storage.growing(key, { expectedBytes: bytes });
    expect((await collectBody(await growing.read())).equals(whole)).toBe(true);
    expect(await growing.finish()).toEqual({ bytes });
    expect((await storage.read(key)).equals(whole)).toBe(true);
  });

  it('can be cut back', async () => {
    const storage = open();
    const key = name();
    const growing = storage.growing(key, { expectedBytes: 20 * MiB });
    await growing.truncate(0);
    const start = randomStream(3 * MiB);
    const head = await collectBody(start.stream);
    await growing.append(0, Readable.from([head]));
    await growing.append(3 * MiB, randomStream(13 * MiB).stream);
    await growing.truncate(3 * MiB);
    expect(await growing.size()).toBe(3 * MiB);
    const tail = await collectBody(randomStream(10 * MiB).stream);
    expect(await growing.append(3 * MiB, Readable.from([tail]))).toBe(13 * MiB);
    await growing.finish();
    expect((await storage.read(key)).equals(Buffer.concat([head, tail]))).toBe(true);
  });

  it('leaves nothing when it is given up', async () => {
    const storage = open();
    const key = name();
    const growing = storage.growing(key, { expectedBytes: 20 * MiB });
    await growing.append(0, randomStream(19 * MiB).stream);
    await growing.abort();
    await growing.abort();
    expect(await growing.size()).toBe(0);
    expect(await storage.deletePrefix(`${key.slice(0, key.lastIndexOf('/'))}/`)).toBe(0);
    await refused(growing.finish(), 'not_found');
  });

  it('does not overwrite an object that is there', async () => {
    const storage = open();
    const key = name();
    await storage.put(key, Buffer.from('first'));
    await refused(storage.growing(key, { expectedBytes: 3 }).append(0, from('abc')), 'conflict');
    expect((await storage.read(key)).toString()).toBe('first');
  });

  it('takes bytes that come one by one among large pieces, in order and soon', async () => {
    const storage = open();
    const key = name();
    const whole = await collectBody(randomStream(3 * MiB).stream);
    const growing = storage.growing(key, { expectedBytes: whole.length });
    expect(await growing.append(0, Readable.from(unevenly(whole), { objectMode: false }))).toBe(whole.length);
    await growing.finish();
    expect((await storage.read(key)).equals(whole)).toBe(true);
  }, 10_000);

  it('streams with flat memory, telling what is durable on the way', async () => {
    const storage = open();
    const key = name();
    const source = randomStream(150 * MiB);
    const growing = storage.growing(key, { expectedBytes: 150 * MiB });
    const told: number[] = [];
    let peak = 0;
    const before = process.memoryUsage().rss;
    const onDurable = (size: number): void => {
      told.push(size);
      peak = Math.max(peak, process.memoryUsage().rss - before);
    };
    await growing.append(0, source.stream, { onDurable });
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(150 * MiB);
    expect(peak).toBeLessThan(200 * MiB);
    await growing.finish();
    expect(await digestOf(await storage.get(key))).toBe(source.digest());
    await storage.delete([key]);
  }, 120_000);
}

/** 300,000 pieces of one byte, then some of many, then more of each. */
function* unevenly(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length;) {
    const length = at < 300_000 || at % 7 === 0 ? 1 : 10_007;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
