import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import { unseal } from '../seal.ts';
import { historyFile, segmentFile } from './lsn.ts';
import { digestOf, type Piece } from './piece.ts';
import { historyKey } from './read-archives.ts';
import { lastBefore, type Route } from './route.ts';

interface FetchOptions {
  store: Storage;
  identities: readonly string[];
  route: Route;
  /** Where the files go that Postgres will ask for. */
  folder: string;
  signal: AbortSignal | undefined;
}

/** Brings the WAL of a way as files of segments. Throws `wal_damaged` with the time up to which there was nothing wrong. */
export async function fetchWal({ store, identities, route, folder, signal }: FetchOptions): Promise<void> {
  const { archive, base, segments } = route;
  const segmentBytes = base.manifest.segmentBytes;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { timeline } of archive.timelines.get(route.timeline) ?? []) {
    const name = historyFile(timeline);
    if (timeline > 1) await writeFile(join(folder, name), await store.read(historyKey(archive.id, name)));
  }
  let until = route.from;
  for (const { timeline, start, parts } of segments) {
    const file = await open(join(folder, segmentFile(timeline, start, BigInt(segmentBytes))), 'w', 0o600);
    try {
      // What is missing at the end is nothing, as Postgres has it.
      await file.truncate(segmentBytes);
      for (const piece of parts) {
        signal?.throwIfAborted();
        const wal = await readWal(store, piece, { identities, archive: archive.id, until });
        await file.write(wal, 0, wal.length, Number(piece.from - start));
        until = lastBefore(piece) ?? until;
      }
    } finally {
      await file.close();
    }
  }
}

interface Reading {
  identities: readonly string[];
  archive: string;
  until: Date;
}

async function readWal(store: Storage, piece: Piece, { identities, archive, until }: Reading): Promise<Buffer> {
  const damaged = (reason: string, cause?: unknown): TranscodeError =>
    new TranscodeError('wal_damaged', { piece: piece.key, reason, until: until.toISOString() }, { cause });
  const stored = await store.read(piece.key).catch((error: unknown) => {
    throw error instanceof TranscodeError && error.code === 'not_found' ? damaged('it is not there', error) : error;
  });
  const zipped = piece.sealed ? await opened(stored, { identities, archive }, damaged) : stored;
  const wal = await promisify(gunzip)(zipped).catch((error: unknown) => {
    throw damaged(error instanceof Error ? error.message : String(error), error);
  });
  if (BigInt(wal.length) !== piece.to - piece.from || digestOf(wal) !== piece.digest)
    throw damaged('what is in it is not what its name says');
  return wal;
}

async function opened(
  stored: Buffer,
  { identities, archive }: Pick<Reading, 'identities' | 'archive'>,
  damaged: (reason: string, cause: unknown) => TranscodeError,
): Promise<Buffer> {
  const body = await unseal(Readable.from([stored], { objectMode: false }), identities, archive);
  try {
    return Buffer.concat((await body.toArray()) as Buffer[]);
  } catch (error) {
    throw damaged('it cannot be decrypted to its end', error);
  }
}
