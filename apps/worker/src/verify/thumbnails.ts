/** Small pictures that are compared with each other, in 4:2:0, so that colour counts too. */
export const THUMBNAIL = { width: 32, height: 18 } as const;
const THUMBNAIL_BYTES = (THUMBNAIL.width * THUMBNAIL.height * 3) / 2;

/** The thumbnails in a stream of raw ones. What is left over at its end is none. */
export async function* thumbnails(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const data of stream) {
    held = held.length === 0 ? data : Buffer.concat([held, data]);
    let at = 0;
    for (; at + THUMBNAIL_BYTES <= held.length; at += THUMBNAIL_BYTES) yield held.subarray(at, at + THUMBNAIL_BYTES);
    held = held.subarray(at);
  }
}

/** Mean difference of two thumbnails, in levels of 8 bits. */
export function difference(a: Buffer, b: Buffer): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / Math.max(1, a.length);
}
