import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import type { Storage } from './storage.ts';

/** What is known of an object before it is copied; what differs is refused. */
export interface ExpectedObject {
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
}

export interface CopiedObject {
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads a whole object and says what it is. What is not there is `not_found`; what is not as expected `stage_failed`. */
export async function checkObject(
  key: string,
  { from, expected = {} }: { from: Pick<Storage, 'get'>; expected?: ExpectedObject },
): Promise<CopiedObject> {
  const found = await digestOf(from, key);
  demandSame(key, found, expected);
  return found;
}

type Source = Pick<Storage, 'get' | 'head'>;
type Target = Pick<Storage, 'get' | 'head' | 'put' | 'delete'>;

/**
 * Copies an object from one store to another, byte by byte through this process, and says what came. One that is there already is read and
 * compared, and put again where it is another. What cannot be had in the source is `not_found`; what is not as expected `stage_failed`.
 */
export async function copyObject(
  key: string,
  { from, to, expected = {} }: { from: Source; to: Target; expected?: ExpectedObject },
): Promise<CopiedObject> {
  const head = await from.head(key);
  if (head === undefined) throw new TranscodeError('not_found', { what: 'object' });
  const { bytes } = head;
  demandSame(key, { bytes }, expected);
  const hash = createHash('sha256');
  const body = Readable.from(hashed(await from.get(key), hash), { objectMode: false });
  try {
    await to.put(key, body, { bytes });
  } catch (error) {
    if (!(error instanceof TranscodeError) || error.code !== 'conflict') throw error;
    return compareOrReplace(key, { from, to, expected });
  } finally {
    body.destroy();
  }
  const copied = { bytes, sha256: hash.digest('hex') };
  if (expected.sha256 !== undefined && expected.sha256 !== copied.sha256) {
    await to.delete([key]);
    demandSame(key, copied, expected);
  }
  return copied;
}

/** Somebody has copied it, and died before it could say so; or it is something else. */
async function compareOrReplace(
  key: string,
  { from, to, expected }: { from: Source; to: Target; expected: ExpectedObject },
): Promise<CopiedObject> {
  const wanted = await digestOf(from, key);
  demandSame(key, wanted, expected);
  const there = await digestOf(to, key);
  if (there.sha256 === wanted.sha256) return wanted;
  await to.delete([key]);
  return copyObject(key, { from, to, expected });
}

async function digestOf(store: Pick<Storage, 'get'>, key: string): Promise<CopiedObject> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of (await store.get(key)) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function demandSame(key: string, found: ExpectedObject, expected: ExpectedObject): void {
  const isLonger = expected.bytes !== undefined && found.bytes !== expected.bytes;
  const isOther = found.sha256 !== undefined && expected.sha256 !== undefined && found.sha256 !== expected.sha256;
  if (!isLonger && !isOther) return;
  const reason = isLonger
    ? `${key} has ${found.bytes} bytes in the storage, where ${expected.bytes} were written`
    : `${key} in the storage is not what was written there: its checksum is another`;
  throw new TranscodeError('stage_failed', { reason });
}

async function* hashed(stream: Readable, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
}
