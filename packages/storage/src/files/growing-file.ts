import { open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { drainBody, mayBreak } from '../drain-body.ts';
import type { AppendOptions, ByteRange, GrowingObject } from '../storage.ts';
import { guarded, isErrno } from './file-errors.ts';
import { makeFolder, syncFolder } from './folders.ts';
import { linkOnce, type DemandRoom } from './put-file.ts';
import { writeBatch } from './write-batch.ts';

const BATCH_BYTES = 1024 ** 2;
/** While bytes stream in, they are synced each time this many are written. */
const SYNC_BYTES = 32 * 1024 ** 2;

interface Place {
  key: string;
  /** Of the finished object. */
  path: string;
  /** Of the growing one, in the same folder. */
  part: string;
  room: DemandRoom;
}

interface Arrival extends AppendOptions {
  body: Readable;
}

/** One file that grows beside the name it will have. */
export function growingFile(place: Place): GrowingObject {
  return {
    size: () => guarded(() => durableSize(place)),
    append: (offset, body, options) => guarded(() => append(place, offset, { ...options, body })),
    truncate: (size) => guarded(() => truncate(place, size)),
    read: (range) => guarded(() => read(place, range)),
    finish: () => guarded(() => finish(place)),
    abort: () => guarded(() => remove(place.part)),
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** A process that died may have left bytes that only the page cache knows: they are synced before they are told. */
async function durableSize({ path, part }: Place): Promise<number> {
  let file: FileHandle;
  try {
    file = await open(part, 'r');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return (await sizeOf(path)) ?? 0;
    throw error;
  }
  try {
    await file.datasync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function append(place: Place, offset: number, arrival: Arrival): Promise<number> {
  mayBreak(arrival.body);
  if ((await sizeOf(place.path)) !== undefined)
    throw new TranscodeError('conflict', { reason: `The object ${place.key} is finished` });
  const file = await openToGrow(place.part);
  try {
    const { size } = await file.stat();
    if (size !== offset)
      throw new TranscodeError('conflict', { reason: `${place.key} has ${size} bytes, not ${offset}` });
    return await pour(file, offset, { ...arrival, room: place.room });
  } finally {
    await file.close();
  }
}

async function openToGrow(part: string): Promise<FileHandle> {
  try {
    return await open(part, 'r+');
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  await makeFolder(dirname(part));
  const file = await open(part, 'ax', 0o600);
  await file.close();
  await syncFolder(dirname(part));
  return open(part, 'r+');
}

async function pour(
  file: FileHandle,
  offset: number,
  { body, onDurable, signal, enough, room }: Arrival & Pick<Place, 'room'>,
): Promise<number> {
  let received = offset;
  let written = offset;
  let durable = offset;
  let writing = Promise.resolve();
  let syncing: Promise<void> | undefined;
  let syncFailure: unknown;

  const sync = async (): Promise<void> => {
    const upTo = written;
    await file.datasync();
    durable = upTo;
    onDurable?.(durable);
  };
  await drainBody(body, {
    batchBytes: () => BATCH_BYTES,
    signal,
    enough,
    inFlight: 2,
    onBatch: async (chunks, bytes) => {
      const position = received;
      received += bytes;
      // One after the other, so that the file has no holes, whatever happens.
      writing = writing.then(() => room(bytes)).then(() => writeBatch(file, chunks, position));
      await writing;
      written = position + bytes;
      if (syncFailure !== undefined) throw syncFailure;
      if (syncing !== undefined || written - durable < SYNC_BYTES) return;
      syncing = sync()
        .catch((error: unknown) => {
          syncFailure = error;
        })
        .finally(() => {
          syncing = undefined;
        });
    },
  });
  await syncing;
  await sync();
  return durable;
}

async function truncate({ part }: Place, size: number): Promise<void> {
  const file = await open(part, 'r+').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT') && size === 0) return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    if ((await file.stat()).size > size) await file.truncate(size);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function read({ path, part }: Place, range: ByteRange | undefined): Promise<Readable> {
  const file = await open(part, 'r').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return open(path, 'r');
    throw error;
  });
  return file.createReadStream(range);
}

/** Two steps, so that a taken name is never overwritten; a crash between them leaves two names of one file. */
async function finish({ key, path, part }: Place): Promise<{ bytes: number }> {
  const growing = await stat(part).catch((error: unknown) => {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (growing === undefined) return { bytes: (await stat(path)).size };
  try {
    await linkOnce(part, path, key);
  } catch (error) {
    if (!(error instanceof TranscodeError) || (await stat(path)).ino !== growing.ino) throw error;
  }
  await remove(part);
  await syncFolder(dirname(part));
  return { bytes: growing.size };
}

async function remove(part: string): Promise<void> {
  try {
    await unlink(part);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
