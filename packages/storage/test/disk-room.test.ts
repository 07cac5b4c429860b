import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demandRoom, diskRoom, openStorage } from '../src/index.ts';
import { refused } from './conformance.ts';

const GiB = 1024 ** 3;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'transcode-room-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('what stays free on a disk', () => {
  it('is a twentieth of it, in bounds, unless told', async () => {
    const { blocks, bsize } = await statfs(root);
    const totalBytes = blocks * bsize;
    const { reserveBytes } = await diskRoom(root);
    expect(reserveBytes).toBeGreaterThanOrEqual(Math.floor(Math.min(totalBytes / 4, 2 * GiB)));
    expect(reserveBytes).toBeLessThanOrEqual(Math.max(50 * GiB, 2 * GiB));
    expect(await diskRoom(root, 5)).toMatchObject({ totalBytes, reserveBytes: 5 });
  });

  it('is left alone by what is to be written', () => {
    const room = { freeBytes: 3 * GiB, totalBytes: 100 * GiB, reserveBytes: 2 * GiB };
    expect(() => demandRoom('it', room, GiB)).not.toThrow();
    expect(() => demandRoom('it', undefined, GiB)).not.toThrow();
    expect(() => demandRoom('it', room, GiB + 1)).toThrow(
      'no room for 1.0 GiB: the disk of it has 3.0 GiB free, and 2.0 GiB',
    );
    expect(() => demandRoom('it', { ...room, freeBytes: 2 * GiB })).toThrow('no room for more');
  });

  it('is left alone by objects, and by what grows', async () => {
    const full = openStorage(pathToFileURL(root).href, { reserveBytes: Number.MAX_SAFE_INTEGER });
    await refused(full.put('a/bytes', Buffer.from('x')), 'disk_reserved');
    await refused(full.put('a/stream', Readable.from([Buffer.from('x')])), 'disk_reserved');
    await refused(
      full.growing('a/growing', { expectedBytes: 1 }).append(0, Readable.from([Buffer.from('x')])),
      'disk_reserved',
    );
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
    expect(await full.head('a/bytes')).toBeUndefined();
    await expect(full.health()).resolves.toBeUndefined();
  });
});
