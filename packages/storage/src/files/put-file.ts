import { randomUUID } from 'node:crypto';
import { link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { drainBody } from '../drain-body.ts';
import { isErrno } from './file-errors.ts';
import { makeFolder, syncFolder } from './folders.ts';
import { writeBatch } from './write-batch.ts';

const BATCH_BYTES = 1024 ** 2;

/** Throws `disk_reserved` where so many bytes more may not be written. */
export type DemandRoom = (bytes: number) => Promise<void>;

/** Writes aside, syncs, and links to the final name: that fails where the name is taken. */
export async function putFile(
  { path, scratch, key, room }: { path: string; scratch: string; key: string; room: DemandRoom },
  body: Uint8Array | Readable,
  bytes: number | undefined,
): Promise<number> {
  const temporary = join(scratch, randomUUID());
  await makeFolder(scratch);
  await room(bytes ?? 0);
  try {
    const written = await writeAside(temporary, body, room);
    if (bytes !== undefined && written !== bytes) throw shortBody(key, bytes, written);
    await linkOnce(temporary, path, key);
    return written;
  } finally {
    await unlink(temporary).catch((error: unknown) => {
      if (!isErrno(error, 'ENOENT')) throw error;
    });
  }
}

/** Gives a file its final name, durably, or throws `conflict`. */
export async function linkOnce(from: string, path: string, key: string): Promise<void> {
  const folder = dirname(path);
  for (let tries = 1; ; tries += 1) {
    await makeFolder(folder);
    try {
      await link(from, path);
      break;
    } catch (error) {
      if (isErrno(error, 'EEXIST'))
        throw new TranscodeError('conflict', { reason: `The object ${key} exists already` });
      // Somebody who deleted the last object there took the empty folder away between the two steps.
      if (!isErrno(error, 'ENOENT') || tries === 5) throw error;
    }
  }
  await syncFolder(folder);
}

export function shortBody(key: string, announced: number, came: number): TranscodeError {
  return new TranscodeError('stage_failed', {
    reason: `${announced} bytes of ${key} were announced and ${came} came`,
  });
}

async function writeAside(path: string, body: Uint8Array | Readable, room: DemandRoom): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    let written = 0;
    if (body instanceof Uint8Array) {
      await room(body.byteLength);
      await writeBatch(file, [Buffer.from(body.buffer, body.byteOffset, body.byteLength)], 0);
      written = body.byteLength;
    } else {
      const { broke } = await drainBody(body, {
        batchBytes: () => BATCH_BYTES,
        inFlight: 2,
        onBatch: async (chunks, bytes) => {
          const position = written;
          written += bytes;
          await room(bytes);
          await writeBatch(file, chunks, position);
        },
      });
      if (broke !== undefined)
        throw new TranscodeError('stage_failed', { reason: 'what was to be stored broke off' }, { cause: broke });
    }
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}
