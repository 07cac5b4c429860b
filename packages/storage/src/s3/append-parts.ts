import type { Readable } from 'node:stream';
import { drainBody } from '../drain-body.ts';
import type { AppendOptions } from '../storage.ts';
import { readPieces } from './compose-object.ts';
import { deleteObjects } from './list-objects.ts';
import { smallTail, type Coverage, type Piece } from './part-coverage.ts';
import { partAt } from './parts-folder.ts';
import { putOnce } from './put-once.ts';
import type { Bucket } from './s3-client.ts';

/** Small pieces are written together when they fill a part, or when there are so many. */
const MAX_SMALL_PIECES = 64;

interface Arrival extends AppendOptions {
  body: Readable;
}

/** Writes a body behind what is there as parts of `partBytes`, two at a time; returns the durable size. */
export async function appendParts(
  { bucket, key, partBytes }: { bucket: Bucket; key: string; partBytes: number },
  coverage: Coverage,
  { body, onDurable, signal, enough }: Arrival,
): Promise<number> {
  let tail = smallTail(coverage.pieces, partBytes);
  let tailBytes = bytesOf(tail);
  let received = coverage.size;
  let durable = coverage.size;
  const ahead = new Map<number, number>();

  const advance = (start: number, end: number): void => {
    ahead.set(start, end);
    for (let next = ahead.get(durable); next !== undefined; next = ahead.get(durable)) {
      ahead.delete(durable);
      durable = next;
    }
    onDurable?.(durable);
  };

  await drainBody(body, {
    batchBytes: () => partBytes - tailBytes,
    inFlight: 2,
    signal,
    enough,
    onBatch: async (chunks, bytes) => {
      const start = received;
      const end = start + bytes;
      received = end;
      const merged = tailBytes + bytes >= partBytes || tail.length + 1 >= MAX_SMALL_PIECES ? tail : [];
      tail = [];
      tailBytes = 0;
      const before = await readPieces(bucket, merged);
      const part = partAt(key, start - before.length, end);
      await putOnce(bucket, part.key, Buffer.concat([before, ...chunks]), undefined);
      advance(start, end);
      // Only now: until here they were what had been acknowledged.
      await deleteObjects(
        bucket,
        merged.map((piece) => piece.part.key),
      );
    },
  });
  return durable;
}

function bytesOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { from, to }) => sum + to - from, 0);
}
