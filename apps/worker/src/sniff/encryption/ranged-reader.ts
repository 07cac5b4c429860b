import type { Storage } from '@transcode/storage';

/** Bytes of a source at any place of it. What lies behind its end is left out. */
export interface RangedReader {
  readonly bytes: number;
  at(start: number, length: number): Promise<Buffer>;
}

/** Whoever walks through a container reads a few bytes here and there, most of them near each other. */
const BLOCK_BYTES = 64 * 1024;
const BLOCKS = 32;

export function rangedReader(storage: Pick<Storage, 'get'>, key: string, bytes: number): RangedReader {
  const blocks = new Map<number, Promise<Buffer>>();
  const block = (index: number): Promise<Buffer> => {
    const known = blocks.get(index);
    if (known !== undefined) return known;
    const [oldest] = blocks.keys();
    if (oldest !== undefined && blocks.size >= BLOCKS) blocks.delete(oldest);
    const start = index * BLOCK_BYTES;
    const read = collect(storage, key, { start, end: Math.min(bytes, start + BLOCK_BYTES) - 1 });
    blocks.set(index, read);
    return read;
  };
  return {
    bytes,
    async at(start, length) {
      const end = Math.min(bytes, start + length);
      if (end - start > BLOCK_BYTES) return collect(storage, key, { start, end: end - 1 });
      const parts: Buffer[] = [];
      for (let at = start; at < end;) {
        const index = Math.floor(at / BLOCK_BYTES);
        const from = at - index * BLOCK_BYTES;
        const piece = (await block(index)).subarray(from, from + end - at);
        if (piece.length === 0) break;
        parts.push(piece);
        at += piece.length;
      }
      return Buffer.concat(parts);
    },
  };
}

async function collect(
  storage: Pick<Storage, 'get'>,
  key: string,
  range: { start: number; end: number },
): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of (await storage.get(key, range)) as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

const WINDOW_BYTES = 512 * 1024;
const WINDOWS = 4;

/**
 * Parts of a source from its beginning to its end, none of which overlap, for what is told again and again: the first second is often in
 * the clear.
 */
export async function windows(source: RangedReader): Promise<Buffer[]> {
  const last = Math.max(0, source.bytes - WINDOW_BYTES);
  const starts = Array.from({ length: WINDOWS }, (_, n) => Math.floor((last * n) / (WINDOWS - 1)));
  const parts: Buffer[] = [];
  let seen = 0;
  for (const wanted of starts) {
    const start = Math.max(wanted, seen);
    seen = Math.min(source.bytes, wanted + WINDOW_BYTES);
    if (seen > start) parts.push(await source.at(start, seen - start));
  }
  return parts;
}
