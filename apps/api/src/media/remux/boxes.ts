import { TranscodeError } from '@transcode/contracts';

/** Where a box of ISO BMFF (ISO/IEC 14496-12) lies in some bytes: a length, four letters, a body. */
export interface FoundBox {
  readonly type: string;
  readonly start: number;
  /** Where its body begins. */
  readonly body: number;
  readonly end: number;
}

export const HEADER_BYTES = 8;

/** The boxes that fill `bytes` from `start` to `end`. What workers publish has no box of more than 4 GiB. */
export function boxesIn(bytes: Buffer, start = 0, end = bytes.length): FoundBox[] {
  const found: FoundBox[] = [];
  for (let at = start; at < end;) {
    if (end - at < HEADER_BYTES) throw unreadable('a box has no room for its header');
    const size = bytes.readUInt32BE(at);
    const type = typeAt(bytes, at);
    if (size < HEADER_BYTES || at + size > end) throw unreadable(`the box ${JSON.stringify(type)} does not fit`);
    found.push({ type, start: at, body: at + HEADER_BYTES, end: at + size });
    at += size;
  }
  return found;
}

/** The box at the end of a path of types. */
export function boxAt(bytes: Buffer, ...path: readonly string[]): FoundBox {
  let at: FoundBox = { type: '', start: 0, body: 0, end: bytes.length };
  for (const type of path) {
    const child = boxesIn(bytes, at.body, at.end).find((one) => one.type === type);
    if (child === undefined) throw unreadable(`there is no box ${type}`);
    at = child;
  }
  return at;
}

export function typeAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at + 4, at + HEADER_BYTES);
}

export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(
    parts.reduce((sum, part) => sum + part.length, HEADER_BYTES),
    0,
  );
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...parts]);
}

export function unreadable(reason: string): TranscodeError {
  return new TranscodeError('package_failed', { reason });
}
