import { Readable } from 'node:stream';
import type { Storage } from '@transcode/storage';

/** An initialisation segment and segments after it as one stream, fetched one after the other. */
export function joinedSegments(storage: Storage, keys: readonly string[]): Readable {
  return Readable.from(bytesOf(storage, keys), { objectMode: false });
}

async function* bytesOf(storage: Storage, keys: readonly string[]): AsyncGenerator<Buffer> {
  for (const key of keys) yield* (await storage.get(key)) as AsyncIterable<Buffer>;
}
