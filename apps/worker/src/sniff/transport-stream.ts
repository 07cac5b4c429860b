const SYNC = 0x47;
/** Plain, with a time code before each packet (Blu-ray, AVCHD), with error correction behind. */
const PACKET_BYTES = [188, 192, 204];
const PACKETS = 5;

/** Five packets in a row start with the sync byte, at any of the first positions; all there are where the file is shorter. */
export function isTransportStream(head: Buffer): boolean {
  return PACKET_BYTES.some((length) => startsAt(head, length) !== undefined);
}

function startsAt(head: Buffer, length: number): number | undefined {
  for (let start = 0; start < length; start += 1) {
    const count = Math.min(PACKETS, Math.floor((head.length - start) / length));
    if (count < 2) return undefined;
    if (Array.from({ length: count }, (_, n) => head[start + n * length]).every((byte) => byte === SYNC)) return start;
  }
  return undefined;
}
