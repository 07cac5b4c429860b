import type { Storage } from '@transcode/storage';
import type { ByteRange } from '../byte-range.ts';
import type { planRemux } from './plan-remux.ts';
import { renumberFragments } from './renumber-fragments.ts';

interface Remux {
  readonly storage: Storage;
  readonly header: Buffer;
  readonly parts: ReturnType<typeof planRemux>['parts'];
}

/** A range of the joined file, made while it is read: segments outside of it are not fetched. */
export async function* remuxedBytes(
  { storage, header, parts }: Remux,
  { start, end }: ByteRange,
): AsyncGenerator<Buffer> {
  if (start < header.length) yield header.subarray(start, end + 1);
  let at = header.length;
  for (const part of parts) {
    const partEnd = at + part.bytes;
    if (at > end) return;
    if (partEnd > start) {
      const segment = (await storage.get(part.key)) as AsyncIterable<Buffer>;
      yield* cutOut(renumberFragments(segment, part), start - at, end - at);
    }
    at = partEnd;
  }
}

/** The bytes from `first` to `last`, both included, of what comes. */
async function* cutOut(source: AsyncIterable<Buffer>, first: number, last: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of source) {
    const wanted = chunk.subarray(Math.max(0, first - at), Math.max(0, last + 1 - at));
    if (wanted.length > 0) yield wanted;
    at += chunk.length;
    if (at > last) return;
  }
}
