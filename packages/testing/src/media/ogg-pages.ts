const SERIAL = 14;
const GRANULE = 6;
const CHECKSUM = 22;
const SEGMENTS = 26;

/** Gives the pages of an Ogg's Vorbis stream other times. `change` gets a page's time in samples, and which page of those with sound it is. */
export function changeVorbisTimes(ogg: Buffer, change: (samples: bigint, page: number) => bigint): Buffer {
  const changed = Buffer.from(ogg);
  let serial: number | undefined;
  let sounding = 0;
  for (let at = 0; changed.toString('latin1', at, at + 4) === 'OggS';) {
    const lengths = changed.subarray(at + SEGMENTS + 1, at + SEGMENTS + 1 + (changed[at + SEGMENTS] ?? 0));
    const body = at + SEGMENTS + 1 + lengths.length;
    const end = lengths.reduce((sum, length) => sum + length, body);
    const page = changed.subarray(at, end);
    if (page.includes('\u0001vorbis')) serial = page.readUInt32LE(SERIAL);
    const samples = page.readBigInt64LE(GRANULE);
    if (page.readUInt32LE(SERIAL) === serial && samples > 0n) {
      page.writeBigInt64LE(change(samples, sounding), GRANULE);
      sounding += 1;
      page.writeUInt32LE(0, CHECKSUM);
      page.writeUInt32LE(checksum(page), CHECKSUM);
    }
    at = end;
  }
  return changed;
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum = (sum ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit += 1)
      sum = (sum & 0x80000000) === 0 ? (sum << 1) >>> 0 : ((sum << 1) ^ 0x04c11db7) >>> 0;
  }
  return sum;
}
