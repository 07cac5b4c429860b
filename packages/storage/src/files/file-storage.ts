import { access, constants, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { demandRoom, diskRoom } from '../disk-room.ts';
import { mayBreak } from '../drain-body.ts';
import { checkKey, checkPrefix } from '../keys.ts';
import type { ByteRange, Storage, StoredObject } from '../storage.ts';
import { fileError, isErrno } from './file-errors.ts';
import { pruneFolders } from './folders.ts';
import { growingFile } from './growing-file.ts';
import { putFile, type DemandRoom } from './put-file.ts';
import { tidyFolder } from './tidy-folder.ts';
import { walkFiles } from './walk-files.ts';

/** What is being written, on the same file system as the rest. No key begins with a dot. */
const SCRATCH = '.tmp';
const GROWING = '.part';

/** Objects as files below one folder, whose disk keeps so many bytes free. */
export function openFileStorage(folder: string, { reserveBytes }: { reserveBytes?: number | undefined } = {}): Storage {
  const root = resolve(folder);
  const room: DemandRoom = async (bytes) => demandRoom('the storage', await diskRoom(root, reserveBytes), bytes);
  const pathOf = (key: string): string => {
    checkKey(key);
    return join(root, key);
  };
  const remove = async (path: string): Promise<void> => {
    await unlink(path).catch((error: unknown) => {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error;
    });
    await pruneFolders(dirname(path), root);
  };
  const storage: Storage = {
    kind: 'files',
    // No server is asked.
    until: () => storage,
    async put(key, body, options = {}) {
      const path = pathOf(key);
      if (body instanceof Readable) mayBreak(body);
      try {
        const bytes = await putFile({ path, scratch: join(root, SCRATCH), key, room }, body, options.bytes);
        return { bytes };
      } catch (error) {
        if (body instanceof Readable) body.destroy();
        throw fileError(error);
      }
    },
    get: (key, range) => getFile(pathOf(key), range),
    read: (key) => readWhole(pathOf(key)),
    head: (key) => headFile(key, pathOf(key)),
    list(prefix) {
      checkPrefix(prefix);
      return listFiles(root, prefix);
    },
    async delete(keys) {
      const paths = keys.map(pathOf);
      try {
        for (const path of paths) await remove(path);
      } catch (error) {
        throw fileError(error);
      }
    },
    async deletePrefix(prefix) {
      checkPrefix(prefix);
      let removed = 0;
      try {
        for await (const { key } of walkFiles(root, prefix)) {
          await remove(join(root, key));
          removed += 1;
        }
      } catch (error) {
        throw fileError(error);
      }
      return removed;
    },
    async tidy(before) {
      try {
        return await tidyFolder(join(root, SCRATCH), before);
      } catch (error) {
        throw fileError(error);
      }
    },
    presign(key) {
      checkKey(key);
      return Promise.resolve(undefined);
    },
    localPath: pathOf,
    growing(key) {
      const path = pathOf(key);
      return growingFile({ key, path, part: path + GROWING, room });
    },
    async health() {
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new TranscodeError('storage_unavailable', { reason }, { cause: error });
      }
    },
    async room() {
      try {
        // Nothing may have been put there yet.
        await mkdir(root, { recursive: true, mode: 0o700 });
        return await diskRoom(root, reserveBytes);
      } catch (error) {
        throw fileError(error);
      }
    },
    close: () => Promise.resolve(),
  };
  return storage;
}

async function getFile(path: string, range: ByteRange | undefined): Promise<Readable> {
  try {
    // Opened before we return, so that a missing object is told at once and not by the stream.
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file.createReadStream(range);
    await file.close();
  } catch (error) {
    throw fileError(error);
  }
  throw new TranscodeError('not_found', { what: 'object' });
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileError(error);
  }
}

async function headFile(key: string, path: string): Promise<StoredObject | undefined> {
  try {
    const file = await stat(path);
    return file.isFile() ? { key, bytes: file.size, modified: file.mtime } : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw fileError(error);
  }
}

async function* listFiles(root: string, prefix: string): AsyncGenerator<StoredObject> {
  try {
    for await (const object of walkFiles(root, prefix)) if (!object.key.endsWith(GROWING)) yield object;
  } catch (error) {
    throw fileError(error);
  }
}
