/** Makes and changes the boxes of ISO media, without any of the care that a muxer takes. */
export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
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

interface Place {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export function boxesIn(bytes: Buffer, start = 0, end = bytes.length): Place[] {
  const found: Place[] = [];
  for (let at = start; at + 8 <= end;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) break;
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, end: at + size });
    at += size;
  }
  return found;
}

/** A copy in which the first box at `path` (`moov`, `trak` …) is what `change` makes of its body; those around it fit again. */
export function edited(bytes: Buffer, path: readonly string[], change: (body: Buffer) => Buffer): Buffer {
  const [type = '', ...inner] = path;
  const place = boxesIn(bytes).find((each) => each.type === type);
  if (place === undefined) throw new Error(`There is no ${type}`);
  const body = bytes.subarray(place.start + 8, place.end);
  const changed = inner.length === 0 ? change(Buffer.from(body)) : edited(body, inner, change);
  return Buffer.concat([bytes.subarray(0, place.start), box(type, changed), bytes.subarray(place.end)]);
}

/** The body of the first box at `path`. */
export function bodyOf(bytes: Buffer, path: readonly string[]): Buffer {
  const [type = '', ...inner] = path;
  const place = boxesIn(bytes).find((each) => each.type === type);
  if (place === undefined) throw new Error(`There is no ${type}`);
  const body = bytes.subarray(place.start + 8, place.end);
  return inner.length === 0 ? body : bodyOf(body, inner);
}
