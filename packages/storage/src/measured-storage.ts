import type { Readable } from 'node:stream';
import { beginOperation, measure, operate, type Operation } from '@transcode/telemetry';
import type { GrowingObject, Storage } from './storage.ts';

type Name = Extract<Operation, { of: 'storage' }>['operation'];

/** The same storage; each operation tells how long it took and what went over the line. What ffmpeg opens by its path it does not see. */
export function measuredStorage(storage: Storage): Storage {
  const { kind } = storage;
  const measured = <T>(operation: Name, work: () => Promise<T>): Promise<T> =>
    operate({ of: 'storage', kind, operation }, work);
  const written = (bytes: number): void => measure.count('storageBytesTotal', { kind, direction: 'written' }, bytes);
  return {
    kind,
    until: (signal) => {
      const until = storage.until(signal);
      return until === storage ? measuredStorage(storage) : measuredStorage(until);
    },
    put: async (key, body, options) => {
      const result = await measured('put', () => storage.put(key, body, options));
      written(result.bytes);
      return result;
    },
    get: async (key, range) => counted(await measured('get', () => storage.get(key, range)), kind),
    read: async (key) => {
      const bytes = await measured('get', () => storage.read(key));
      measure.count('storageBytesTotal', { kind, direction: 'read' }, bytes.length);
      return bytes;
    },
    head: (key) => measured('head', () => storage.head(key)),
    list: (prefix) => measuredList(storage, prefix),
    delete: (keys) => measured('delete', () => storage.delete(keys)),
    deletePrefix: (prefix) => measured('delete', () => storage.deletePrefix(prefix)),
    tidy: (before) => storage.tidy(before),
    presign: (key, options) => measured('presign', () => storage.presign(key, options)),
    localPath: (key) => storage.localPath(key),
    growing: (key, options) => measuredGrowing(storage.growing(key, options), { measured, written, kind }),
    health: () => measured('health', () => storage.health()),
    room: () => storage.room(),
    close: () => storage.close(),
  };
}

interface Means {
  readonly kind: Storage['kind'];
  readonly measured: <T>(operation: Name, work: () => Promise<T>) => Promise<T>;
  readonly written: (bytes: number) => void;
}

function measuredGrowing(object: GrowingObject, { measured, written, kind }: Means): GrowingObject {
  return {
    size: () => measured('head', () => object.size()),
    append: async (offset, body, options) => {
      let told = offset;
      const onDurable = (size: number): void => {
        written(size - told);
        told = size;
        options?.onDurable?.(size);
      };
      const size = await measured('append', () => object.append(offset, body, { ...options, onDurable }));
      written(size - told);
      return size;
    },
    truncate: (size) => object.truncate(size),
    read: async (range) => counted(await measured('get', () => object.read(range)), kind),
    finish: () => measured('finish', () => object.finish()),
    abort: () => measured('delete', () => object.abort()),
  };
}

async function* measuredList(storage: Storage, prefix: string): ReturnType<Storage['list']> {
  const end = beginOperation({ of: 'storage', kind: storage.kind, operation: 'list' });
  try {
    yield* storage.list(prefix);
    end();
  } catch (error) {
    end(error);
    throw error;
  }
}

/**
 * Counts what comes. Another stream between would cost more than the counting, and a listener for data would make it flow: so it is where
 * the bytes are put in.
 */
function counted(stream: Readable, kind: Storage['kind']): Readable {
  let bytes = stream.readableLength;
  const push = stream.push.bind(stream);
  stream.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
    bytes += chunk?.length ?? 0;
    return push(chunk, encoding);
  };
  stream.once('close', () => measure.count('storageBytesTotal', { kind, direction: 'read' }, bytes));
  return stream;
}
