import type { Encryption } from './encryption.ts';
import type { RangedReader } from './ranged-reader.ts';

export const MATROSKA_SCHEME = 'Matroska encryption';

const SEGMENT = 0x18_53_80_67;
const TRACKS = 0x16_54_ae_6b;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;
const CODEC_ID = 0x86;
const ENCODINGS = 0x6d_80;
const ENCODING = 0x62_40;
const ENCODING_TYPE = 0x50_33;
/** Pictures, sound, subtitles and data: those that ffmpeg makes streams of, in this order. */
const STREAM_TYPES = new Set([1, 2, 17, 33]);
const MOST_ELEMENTS = 20_000;
const MOST_BEFORE = 2_000;
const MOST_TRACKS_BYTES = 4 * 1024 ** 2;

interface Element {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** The tracks whose content is encoded by encryption, not only by compression. */
export async function matroskaEncryption(source: RangedReader): Promise<Encryption[]> {
  const tracks = await findTracks(source);
  if (tracks === undefined) return [];
  const entries = elementsIn(tracks)
    .filter(({ id }) => id === TRACK_ENTRY)
    .map(({ start, end }) => tracks.subarray(start, end));
  const numbers = entries
    .filter((entry) => STREAM_TYPES.has(numberIn(entry, TRACK_TYPE) ?? 0) && bodyIn(entry, CODEC_ID) !== undefined)
    .flatMap((entry, place) => (isEncrypted(entry) ? [place] : []));
  if (numbers.length === 0) return [];
  return [{ scheme: MATROSKA_SCHEME, streams: { by: 'place', numbers }, isCertain: true }];
}

function isEncrypted(entry: Buffer): boolean {
  const encodings = bodyIn(entry, ENCODINGS);
  if (encodings === undefined) return false;
  return elementsIn(encodings).some(
    ({ id, start, end }) => id === ENCODING && numberIn(encodings.subarray(start, end), ENCODING_TYPE) === 1,
  );
}

async function findTracks(source: RangedReader): Promise<Buffer | undefined> {
  let at = 0;
  for (let count = 0; at < source.bytes && count < MOST_BEFORE; count += 1) {
    const element = elementAt(await source.at(at, 12), 0);
    if (element === undefined) return undefined;
    const start = at + element.start;
    if (element.id === TRACKS) return source.at(start, Math.min(element.end - element.start, MOST_TRACKS_BYTES));
    // What is searched is in the segment; what says no length ends where the next begins.
    at = element.id === SEGMENT || element.end === Infinity ? start : at + element.end;
  }
  return undefined;
}

function elementsIn(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length && found.length < MOST_ELEMENTS;) {
    const element = elementAt(bytes, at);
    if (element === undefined) break;
    found.push(element);
    at = element.end;
  }
  return found;
}

function bodyIn(bytes: Buffer, id: number): Buffer | undefined {
  const element = elementsIn(bytes).find((each) => each.id === id);
  return element === undefined ? undefined : bytes.subarray(element.start, element.end);
}

function numberIn(bytes: Buffer, id: number): number | undefined {
  return bodyIn(bytes, id)?.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Where the body of the element begins and ends; without an end where it says no length. */
function elementAt(bytes: Buffer, at: number): Element | undefined {
  const id = variableAt(bytes, at, { isId: true });
  if (id === undefined) return undefined;
  const size = variableAt(bytes, at + id.length, { isId: false });
  if (size === undefined) return undefined;
  const start = at + id.length + size.length;
  return { id: id.value, start, end: start + size.value };
}

/** The number of leading zero bits tells the length; the marker counts for ids only. All ones: unknown. */
function variableAt(
  bytes: Buffer,
  at: number,
  { isId }: { isId: boolean },
): { value: number; length: number } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length || (isId && length > 4)) return undefined;
  const marker = 1 << (8 - length);
  let value = isId ? first : first & (marker - 1);
  let isUnknown = !isId && value === marker - 1;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value: isUnknown ? Infinity : value, length };
}
