const SYNC = 0x47;
/** Plain, with a time code before each packet (Blu-ray, AVCHD), with error correction behind. */
const TIMED_BYTES = 192;
const PACKET_BYTES = [188, TIMED_BYTES, 204];
const PACKETS = 5;
const SHORTEST = 188;

/** Five packets in a row start with the sync byte, at any of the first positions. A shorter file holds nothing but packets. */
export function isTransportStream(head: Buffer): boolean {
  const found = findPackets(head);
  if (found === undefined) return false;
  const { start, length } = found;
  if (head.length >= start + PACKETS * length) return true;
  return start === (length === TIMED_BYTES ? TIMED_BYTES - SHORTEST : 0) && head.length % length === 0;
}

/** Where the first sync byte is, and how far the next. */
export function findPackets(bytes: Buffer): { start: number; length: number } | undefined {
  for (const length of PACKET_BYTES) {
    const start = startsAt(bytes, length);
    if (start !== undefined) return { start, length };
  }
  return undefined;
}

/** The packets of a part of such a stream, from their sync byte on, until one is out of step. */
export function* packetsOf(part: Buffer): Generator<Buffer> {
  for (const length of PACKET_BYTES) {
    const start = startsAt(part, length);
    if (start === undefined) continue;
    for (let at = start; at + SHORTEST <= part.length && part[at] === SYNC; at += length)
      yield part.subarray(at, at + SHORTEST);
    return;
  }
}

function startsAt(head: Buffer, length: number): number | undefined {
  for (let start = 0; start < length; start += 1) {
    const count = Math.min(PACKETS, Math.floor((head.length - start) / length));
    if (count < 2) return undefined;
    if (Array.from({ length: count }, (_, n) => head[start + n * length]).every((byte) => byte === SYNC)) return start;
  }
  return undefined;
}
