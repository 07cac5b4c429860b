import type { Container } from '@transcode/contracts';

/** Units that are looked at, at most. */
const MOST_UNITS = 64;
/** What is looked at of each. */
const UNIT_BYTES = 5;
/** From here on start codes are those of program streams. */
const SYSTEM_CODES = 0xb9;
const AV1_TEMPORAL_DELIMITER = 0x12;
const AV1_SEQUENCE = 0x0a;
/** The same again, frames and their headers, metadata and padding. */
const AV1_BEHIND_SEQUENCE = new Set([1, 3, 5, 6, 15]);

/**
 * A picture's stream without any container, by its first units. All but AV1's begin with a start code (ISO 13818-2, 14496-2, 14496-10 and
 * 23008-2); what stands before the first one can only be zeros.
 */
export function elementaryStream(head: Buffer): Container | undefined {
  if (isIvf(head)) return 'ivf';
  if (head.toString('latin1', 0, 10) === 'YUV4MPEG2 ') return 'y4m';
  if (isDv(head)) return 'dv';
  if (isObu(head)) return 'obu';
  return byStartCodes(head);
}

function byStartCodes(head: Buffer): Container | undefined {
  const units = unitsOf(head);
  const [first] = units;
  if (first === undefined) return undefined;
  const code = first[0] ?? 0;
  if (code === 0xb3) return isSequence(units) ? 'mpegvideo' : undefined;
  if (code >= SYSTEM_CODES) return isProgram(head) ? 'mpegps' : undefined;
  if (isH264(units)) return 'h264';
  if (isHevc(units)) return 'hevc';
  return isMpeg4(units) ? 'm4v' : undefined;
}

/** What follows each start code, a few bytes of it. */
function unitsOf(head: Buffer): Buffer[] {
  const units: Buffer[] = [];
  let at = head.findIndex((byte) => byte !== 0);
  // The first start code itself.
  if (at < 2 || head[at] !== 1) return [];
  while (at !== -1 && at + 4 < head.length && units.length < MOST_UNITS) {
    units.push(head.subarray(at + 1, at + 1 + UNIT_BYTES));
    const next = head.indexOf(START_CODE, at + 1);
    at = next === -1 ? -1 : next + 2;
  }
  return units;
}

const START_CODE = Buffer.from([0, 0, 1]);

/**
 * A sequence header of MPEG-1 or MPEG-2 with a size, and an aspect and a rate that are not reserved; those that decoders know besides the
 * standard's count. Its extension, user data, a group or a picture comes next.
 */
function isSequence([header, next]: readonly Buffer[]): boolean {
  if (header === undefined || next === undefined || header.length < UNIT_BYTES) return false;
  const size = header.readUIntBE(1, 3);
  const shape = header.readUInt8(4);
  const [aspect, rate] = [shape >> 4, shape & 0xf];
  const isKnown = aspect >= 1 && aspect <= 14 && rate >= 1 && rate <= 13;
  return size >> 12 !== 0 && (size & 0xfff) !== 0 && isKnown && [0x00, 0xb2, 0xb5, 0xb8].includes(next[0] ?? -1);
}

/** A program stream without packs: what describes the system, or a packet of sound or picture, and another start code where its length says. */
function isProgram(head: Buffer): boolean {
  const at = head.indexOf(START_CODE) + START_CODE.length;
  const code = head[at] ?? 0;
  const isPacket = code === 0xbb || code === 0xbd || (code >= 0xc0 && code <= 0xef);
  if (!isPacket || at + 3 > head.length) return false;
  const next = at + 3 + head.readUInt16BE(at + 1);
  const isCode = head.subarray(next, next + START_CODE.length).equals(START_CODE);
  return isCode && (head[next + START_CODE.length] ?? 0) >= SYSTEM_CODES;
}

/** A visual object that holds nothing before its first layer, and before both what is of the whole sequence (ISO 14496-2, 6.2). */
function isMpeg4(units: readonly Buffer[]): boolean {
  const layer = units.findIndex(([code = 0]) => code >= 0x20 && code <= 0x2f);
  const object = units[layer - 1];
  if (object === undefined || (object[0] ?? 0xff) > 0x1f || !object.subarray(1, 4).equals(START_CODE)) return false;
  return units.slice(0, layer - 1).every(([code = 0]) => code <= 0x1f || (code >= 0xb0 && code <= 0xb5));
}

/** Parameter sets of the sequence come before any picture; access unit delimiters and messages may come before them. */
function isH264(units: readonly Buffer[]): boolean {
  const types = units.map(([header = 0xff]) => ((header & 0x80) === 0 ? header & 0x1f : -1));
  const set = types.indexOf(7);
  return set !== -1 && types.slice(0, set).every((type) => type === 6 || type === 9) && types.indexOf(8) > set;
}

function isHevc(units: readonly Buffer[]): boolean {
  const types = units.map(([header = 0xff, rest = 0]) =>
    (header & 0x81) === 0 && (rest & 0xf8) === 0 && (rest & 0x07) !== 0 ? header >> 1 : -1,
  );
  const set = types.indexOf(32);
  return set !== -1 && types.slice(0, set).every((type) => type === 35 || type === 39) && types.indexOf(33) > set;
}

/** A temporal delimiter of no length, a sequence header, and behind that another unit which may come next (AV1, 5.3 and 7.5). */
function isObu(head: Buffer): boolean {
  if (head[0] !== AV1_TEMPORAL_DELIMITER || head[1] !== 0 || ((head[2] ?? 0) & 0xfb) !== AV1_SEQUENCE) return false;
  const hasExtension = ((head[2] ?? 0) & 0x04) !== 0;
  const start = hasExtension ? 4 : 3;
  const size = leb128(head, start);
  if (size === undefined || size.value === 0) return false;
  const next = head[start + size.length + size.value] ?? 0xff;
  // Without the bits that are forbidden or reserved, and with a length.
  return (next & 0x83) === 0x02 && AV1_BEHIND_SEQUENCE.has(next >> 3);
}

/** Seven bits a byte, the lowest first; eight bytes at most. */
function leb128(bytes: Buffer, at: number): { value: number; length: number } | undefined {
  let value = 0;
  for (const [position, byte] of bytes.subarray(at, at + 8).entries()) {
    value += (byte & 0x7f) * 2 ** (7 * position);
    if ((byte & 0x80) === 0) return { value, length: position + 1 };
  }
  return undefined;
}

/** Its header tells its own length. */
function isIvf(head: Buffer): boolean {
  return head.length > 7 && head.toString('latin1', 0, 4) === 'DKIF' && head.readUInt16LE(6) === 32;
}

/** The header block of the first sequence, and one of subcode after it (IEC 61834-2). */
function isDv(head: Buffer): boolean {
  return head.length > 160 && head.readUInt32BE(0) >>> 8 === 0x1f0700 && (head[80] ?? 0) >> 4 === 0x3;
}
