/** Which part of a film is scrambled, and whether only flags say so. */
export interface Scrambling {
  /** From this byte of the film on. */
  readonly fromByte?: number;
  /** What is flagged stays in the clear. */
  readonly isLie?: boolean;
}

/** Streams of a program stream. */
const PICTURE = 0xe0;
const PRIVATE_SOUND = 0xbd;
const FLV_PICTURE = 9;
const ASF_DATA = Buffer.from('3626b2758e66cf11a6d900aa0062ce6c', 'hex');
const ASF_FILE = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');
const ASF_STREAM = Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex');
/** More than the headers of an ASF packet and its first payload. */
const ASF_HEADER_BYTES = 64;

/** A transport stream as a receiver without a card records it. Packets of 188 bytes; changes the film. */
export function scrambledTransport(
  film: Buffer,
  pid: number,
  { fromByte = 0, isLie = false }: Scrambling = {},
): Buffer {
  for (let at = 0; at + 188 <= film.length; at += 188) {
    const control = film.readUInt8(at + 3);
    if (at < fromByte || (film.readUInt16BE(at + 1) & 0x1fff) !== pid || (control & 0x10) === 0) continue;
    film.writeUInt8(control | 0x80, at + 3);
    const payload = at + 4 + ((control & 0x20) === 0 ? 0 : 1 + film.readUInt8(at + 4));
    if (!isLie) garble(film, payload, at + 188);
  }
  return film;
}

/** The picture and the private sound of a program stream as they are on a DVD, the first `clearBytes` of each payload excepted. Changes the film. */
export function scrambledProgram(
  film: Buffer,
  { fromByte = 0, isLie = false, clearBytes = 0 }: Scrambling & { readonly clearBytes?: number } = {},
): Buffer {
  for (let at = film.indexOf('000001', 0, 'hex'); at >= 0 && at + 9 < film.length;) {
    const stream = film.readUInt8(at + 3);
    const isPes = stream === PICTURE || stream === PRIVATE_SOUND;
    const end = isPes ? at + 6 + film.readUInt16BE(at + 4) : at + 3;
    if (isPes && at >= fromByte) {
      film.writeUInt8(film.readUInt8(at + 6) | 0x30, at + 6);
      if (!isLie) garble(film, at + 9 + film.readUInt8(at + 8) + clearBytes, end);
    }
    at = film.indexOf('000001', end, 'hex');
  }
  return film;
}

/** A Flash film whose pictures went through a filter. Changes the film. */
export function filteredFlash(film: Buffer, { fromByte = 0, isLie = false }: Scrambling = {}): Buffer {
  for (let at = 13; at + 11 <= film.length; at += 11 + film.readUIntBE(at + 1, 3) + 4) {
    if (film.readUInt8(at) !== FLV_PICTURE || at < fromByte) continue;
    film.writeUInt8(FLV_PICTURE | 0x20, at);
    if (!isLie) garble(film, at + 12, at + 11 + film.readUIntBE(at + 1, 3));
  }
  return film;
}

/** A Windows Media film with an Extended Content Encryption Object as the first in the header, and the flag of its first stream. */
export function licensedAsf(film: Buffer, { fromByte = 0, isLie = false }: Scrambling = {}): Buffer {
  const properties = film.indexOf(ASF_STREAM);
  film.writeUInt16LE(film.readUInt16LE(properties + 72) | 0x80_00, properties + 72);
  const packetBytes = film.readUInt32LE(film.indexOf(ASF_FILE) + 92);
  for (let at = film.indexOf(ASF_DATA) + 50; at + packetBytes <= film.length; at += packetBytes)
    if (at >= fromByte && !isLie) garble(film, at + ASF_HEADER_BYTES, at + packetBytes);
  const headerBytes = Number(film.readBigUInt64LE(16));
  const object = Buffer.alloc(32);
  Buffer.from('14e68a292226174cb935dae07ee9289c', 'hex').copy(object);
  object.writeBigUInt64LE(BigInt(object.length), 16);
  const head = Buffer.from(film.subarray(0, 30));
  head.writeBigUInt64LE(BigInt(headerBytes + object.length), 16);
  head.writeUInt32LE(head.readUInt32LE(24) + 1, 24);
  return Buffer.concat([head, object, film.subarray(30)]);
}

/** Other bytes, the same each time. */
function garble(bytes: Buffer, start: number, end: number): void {
  for (let at = start; at < Math.min(end, bytes.length); at += 1)
    bytes.writeUInt8(bytes.readUInt8(at) ^ ((at * 167 + 91) & 0xff), at);
}
