import { packageFailed } from '../package-failed.ts';

/** The boxes of ISO BMFF (ISO/IEC 14496-12): a length, four letters, a body. */
export interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** The boxes that fill `bytes` from start to end. */
export function* boxesIn(bytes: Buffer): Generator<Box> {
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < 8) throw packageFailed('a box has no room for its header');
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (size < 8 || at + size > bytes.length) throw packageFailed(`the box ${JSON.stringify(type)} does not fit`);
    yield { type, body: bytes.subarray(at + 8, at + size) };
    at += size;
  }
}

/** The only box of this type at this level. */
export function childOf(parent: Box, type: string): Box {
  const found = [...boxesIn(parent.body)].filter((child) => child.type === type);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw packageFailed(`${parent.type} has ${found.length} boxes ${type}, not 1`);
  return only;
}

export function childAt(parent: Box, ...path: readonly string[]): Box {
  let at = parent;
  for (const type of path) at = childOf(at, type);
  return at;
}

export function optionalChildOf(parent: Box, type: string): Box | undefined {
  for (const child of boxesIn(parent.body)) if (child.type === type) return child;
  return undefined;
}

export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(size, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...parts], size);
}

export function fullBox(type: string, version: number, flags: number, ...parts: readonly Buffer[]): Buffer {
  return box(type, u32(version * 0x1_00_00_00 + flags), ...parts);
}

export function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

export function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

export function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
