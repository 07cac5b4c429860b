/** Small pictures that are compared with each other, in 4:2:0, so that colour counts too. */
export const THUMBNAIL = { width: 32, height: 18 } as const;
export const THUMBNAIL_BYTES = (THUMBNAIL.width * THUMBNAIL.height * 3) / 2;

/** The thumbnails in a stream of raw ones, or others of so many bytes. What is left over at its end is none. */
export async function* thumbnails(stream: AsyncIterable<Buffer>, bytes = THUMBNAIL_BYTES): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const data of stream) {
    held = held.length === 0 ? data : Buffer.concat([held, data]);
    let at = 0;
    for (; at + bytes <= held.length; at += bytes) yield held.subarray(at, at + bytes);
    held = held.subarray(at);
  }
}

/** Mean difference of two thumbnails, in levels of 8 bits. */
export function difference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / Math.max(1, a.length);
}
