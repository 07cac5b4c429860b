import { Readable } from 'node:stream';
import { TranscodeError, UPLOAD_PART_BYTES } from '@transcode/contracts';
import { mayBreak } from '../drain-body.ts';
import type { ByteRange, GrowingObject } from '../storage.ts';
import { appendParts } from './append-parts.ts';
import { composeObject, readPieces } from './compose-object.ts';
import { deleteListed, deleteObjects } from './list-objects.ts';
import { abortMultiparts } from './multipart.ts';
import { slice, type Piece } from './part-coverage.ts';
import { dropUnused, listCoverage, partAt, partsFolder } from './parts-folder.ts';
import { putOnce } from './put-once.ts';
import { headObject, readObject } from './read-object.ts';
import type { Bucket } from './s3-client.ts';
import { guarded } from './s3-errors.ts';

/** Amazon composes 10,000; some room is left for pieces of broken lines. */
const PARTS = 9_000;
const MiB = 1024 ** 2;

/** Part objects below `<key>.parts/`, put together at the end by the server itself. */
export function growingParts(bucket: Bucket, key: string, expectedBytes: number): GrowingObject {
  const partBytes = Math.max(UPLOAD_PART_BYTES, Math.ceil(expectedBytes / PARTS / MiB) * MiB);
  return {
    size: () => guarded(() => size(bucket, key)),
    append: (offset, body, options) =>
      guarded(async () => {
        mayBreak(body);
        const coverage = await listCoverage(bucket, key);
        if (coverage.size !== offset)
          throw new TranscodeError('conflict', { reason: `${key} has ${coverage.size} bytes, not ${offset}` });
        if ((await headObject(bucket, key)) !== undefined)
          throw new TranscodeError('conflict', { reason: `The object ${key} is finished` });
        await dropUnused(bucket, coverage);
        return appendParts({ bucket, key, partBytes }, coverage, { ...options, body });
      }),
    truncate: (to) => guarded(() => truncate(bucket, key, to)),
    read: (range) => guarded(() => read(bucket, key, range)),
    finish: () => guarded(() => finish(bucket, key)),
    abort: () =>
      guarded(async () => {
        await abortMultiparts(bucket, key);
        await deleteListed(bucket, partsFolder(key));
      }),
  };
}

async function size(bucket: Bucket, key: string): Promise<number> {
  const finished = await headObject(bucket, key);
  return finished?.bytes ?? (await listCoverage(bucket, key)).size;
}

/** What is kept of the part that reaches over the end is written first; the longer one counts until it is gone. */
async function truncate(bucket: Bucket, key: string, to: number): Promise<void> {
  const coverage = await listCoverage(bucket, key);
  await dropUnused(bucket, coverage);
  const over = coverage.pieces.find(({ part, from }) => from < to && part.end > to);
  if (over !== undefined) await keepBeginning(bucket, key, over, to);
  const beyond = coverage.pieces.filter(({ part }) => part.end > to);
  for (const { part } of beyond.toReversed()) await deleteObjects(bucket, [part.key]);
}

async function keepBeginning(bucket: Bucket, key: string, { part, from }: Piece, to: number): Promise<void> {
  const kept = await readPieces(bucket, [{ part, from, to }]);
  await putOnce(bucket, partAt(key, from, to).key, kept, undefined);
}

async function read(bucket: Bucket, key: string, range: ByteRange | undefined): Promise<Readable> {
  const coverage = await listCoverage(bucket, key);
  if (coverage.size === 0) return readObject(bucket, key, range);
  const pieces = slice(coverage.pieces, range?.start ?? 0, (range?.end ?? Infinity) + 1);
  return Readable.from(contentOf(bucket, pieces), { objectMode: false });
}

async function* contentOf(bucket: Bucket, pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  for (const { part, from, to } of pieces) {
    yield* await readObject(bucket, part.key, { start: from - part.start, end: to - part.start - 1 });
  }
}

async function finish(bucket: Bucket, key: string): Promise<{ bytes: number }> {
  const coverage = await listCoverage(bucket, key);
  const finished = await headObject(bucket, key);
  if (finished === undefined) {
    if (coverage.size === 0) throw new TranscodeError('not_found', { what: 'object' });
    await abortMultiparts(bucket, key);
    await composeObject(bucket, key, coverage);
  } else if (coverage.size > finished.bytes) {
    throw new TranscodeError('conflict', { reason: `The object ${key} exists already` });
  }
  // A crash while they were deleted leaves fewer of them, never more.
  await deleteListed(bucket, partsFolder(key));
  return { bytes: finished?.bytes ?? coverage.size };
}
