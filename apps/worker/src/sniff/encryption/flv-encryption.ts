import type { Encryption } from './encryption.ts';
import { windows, type RangedReader } from './ranged-reader.ts';

const HEADER_BYTES = 9;
const TAG_BYTES = 11;
const FILTERED = 0x20;
const SOUND = 8;
const PICTURE = 9;
const SCRIPT = 18;
const MOST_TAGS = 64;

interface Tag {
  readonly type: number;
  readonly isFiltered: boolean;
}

/** Adobe Access: tags say that they went through a filter. ffmpeg makes its streams in the order in which they come. */
export async function flvEncryption(source: RangedReader): Promise<Encryption[]> {
  const order = new Set<number>();
  const filtered = new Set<number>();
  const header = await source.at(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return [];
  const see = ({ type, isFiltered }: Tag): void => {
    order.add(type);
    if (isFiltered) filtered.add(type);
  };
  for (let at = header.readUInt32BE(5) + 4, count = 0; count < MOST_TAGS; count += 1) {
    const tag = await source.at(at, TAG_BYTES);
    if (tag.length < TAG_BYTES) break;
    if (isMedia(tag)) see(tagOf(tag));
    at += lengthOf(tag) + 4;
  }
  for (const part of await windows(source)) for (const tag of tagsIn(part)) see(tag);
  if (filtered.size === 0) return [];
  const numbers = [...filtered].map((type) => [...order].indexOf(type));
  return [{ scheme: 'Adobe Access', streams: { by: 'place', numbers }, isCertain: false }];
}

/** Tags in any part of a film, from the first on whose length stands behind it as well. */
function* tagsIn(part: Buffer): Generator<Tag> {
  for (let at = 0; at + TAG_BYTES <= part.length;) {
    const tag = part.subarray(at, at + TAG_BYTES);
    const end = at + lengthOf(tag);
    const isTag = isKnown(tag) && end + 4 <= part.length && part.readUInt32BE(end) === end - at;
    if (isTag && isMedia(tag)) yield tagOf(tag);
    at = isTag ? end + 4 : at + 1;
  }
}

/** With the number of a stream, which is always 0. */
function isKnown(tag: Buffer): boolean {
  return (isMedia(tag) || typeOf(tag) === SCRIPT) && tag.readUIntBE(8, 3) === 0;
}

function isMedia(tag: Buffer): boolean {
  return [SOUND, PICTURE].includes(typeOf(tag));
}

function tagOf(tag: Buffer): Tag {
  return { type: typeOf(tag), isFiltered: ((tag[0] ?? 0) & FILTERED) !== 0 };
}

function typeOf(tag: Buffer): number {
  return (tag[0] ?? 0) & 0x1f;
}

function lengthOf(tag: Buffer): number {
  return TAG_BYTES + tag.readUIntBE(1, 3);
}
