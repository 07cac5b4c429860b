import type { Encryption } from './encryption.ts';
import type { RangedReader } from './ranged-reader.ts';

/** Sample entries of Common Encryption and its like, and of FairPlay. */
const PROTECTED = new Set(['encv', 'enca', 'enct', 'encs', 'encm', 'drmi', 'drms', 'p608']);
const SCHEMES: Readonly<Record<string, string>> = {
  ...{ cenc: 'Common Encryption, cenc', cbcs: 'Common Encryption, cbcs', cens: 'Common Encryption, cens' },
  ...{ cbc1: 'Common Encryption, cbc1', piff: 'PlayReady', itun: 'FairPlay', adkm: 'Adobe Access', odkm: 'OMA DRM' },
};
const MOST_BOXES = 2_000;
const MOST_ENTRY_BYTES = 64 * 1024;

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** A track or a sample entry of one. */
interface Protection {
  readonly scheme: string;
  readonly isCertain: boolean;
}

/** The tracks whose sample entries are protected; those of fragments are in the index at the front as well. */
export async function mp4Encryption(source: RangedReader): Promise<Encryption[]> {
  const walk = new Walk(source);
  const tracks: (Protection & { readonly id: number })[] = [];
  const [moov] = await walk.boxes({ start: 0, end: source.bytes }, 'moov');
  if (moov === undefined) return [];
  for (const trak of await walk.boxes(moov)) {
    if (trak.type !== 'trak') continue;
    const found = await protectionOf(walk, trak);
    const id = found === undefined ? undefined : await trackId(walk, trak);
    if (found !== undefined && id !== undefined) tracks.push({ ...found, id });
  }
  return [true, false].flatMap((isCertain): Encryption[] => {
    const [first, ...others] = tracks.filter((track) => track.isCertain === isCertain);
    if (first === undefined) return [];
    const numbers = [first, ...others].map(({ id }) => id);
    return [{ scheme: first.scheme, streams: { by: 'id', numbers }, isCertain }];
  });
}

async function trackId(walk: Walk, trak: Box): Promise<number | undefined> {
  const [tkhd] = await walk.boxes(trak, 'tkhd');
  if (tkhd === undefined) return undefined;
  const body = await walk.body(tkhd, 24);
  const at = body[0] === 1 ? 20 : 12;
  return body.length < at + 4 ? undefined : body.readUInt32BE(at);
}

/** Some films have entries for parts in the clear beside those that are protected. */
async function protectionOf(walk: Walk, trak: Box): Promise<Protection | undefined> {
  let box: Box | undefined = trak;
  for (const type of ['mdia', 'minf', 'stbl', 'stsd'])
    box = box === undefined ? undefined : (await walk.boxes(box, type))[0];
  if (box === undefined) return undefined;
  // Version, flags and the number of entries come first.
  const entries: (Protection | undefined)[] = [];
  for (const entry of await walk.boxes({ ...box, start: box.start + 8 }))
    entries.push(protectionOfEntry(entry.type, await walk.body(entry, MOST_ENTRY_BYTES)));
  const found = entries.find((entry) => entry !== undefined);
  return found && { scheme: found.scheme, isCertain: entries.every((entry) => entry?.isCertain === true) };
}

function protectionOfEntry(type: string, body: Buffer): Protection | undefined {
  // `sinf` names what is inside by its first box.
  const sinf = body.indexOf('sinf', 0, 'latin1');
  const isDescribed = sinf >= 0 && body.toString('latin1', sinf + 8, sinf + 12) === 'frma';
  const isNamed = PROTECTED.has(type);
  if (!isNamed && !isDescribed) return undefined;
  const tenc = body.indexOf('tenc', 0, 'latin1');
  // Packed for protection, but in the clear.
  if (tenc >= 0 && body[tenc + 10] === 0) return undefined;
  const schm = body.indexOf('schm', 0, 'latin1');
  const name = schm < 0 ? '' : body.toString('latin1', schm + 8, schm + 12);
  const scheme = SCHEMES[name] ?? (type.startsWith('enc') ? 'Common Encryption' : 'FairPlay');
  return { scheme, isCertain: isNamed && isDescribed };
}

/** Goes from box to box by their headers; gives up where there are more than any film has. */
class Walk {
  readonly #source: RangedReader;
  #left = MOST_BOXES;

  constructor(source: RangedReader) {
    this.#source = source;
  }

  /** The boxes in the body of one; only the first of a type if one is named. `start` and `end` are of bodies. */
  async boxes({ start, end }: Pick<Box, 'start' | 'end'>, only?: string): Promise<Box[]> {
    const found: Box[] = [];
    for (let at = start; at + 8 <= end && this.#left > 0;) {
      this.#left -= 1;
      const header = await this.#source.at(at, 16);
      if (header.length < 8) break;
      const short = header.readUInt32BE(0);
      const isLong = short === 1 && header.length === 16;
      const size = isLong ? Number(header.readBigUInt64BE(8)) : short === 0 ? end - at : short;
      const headerBytes = isLong ? 16 : 8;
      if (size < headerBytes) break;
      const type = header.toString('latin1', 4, 8);
      const box = { type, start: at + headerBytes, end: Math.min(end, at + size) };
      at += size;
      if (only !== undefined && type !== only) continue;
      found.push(box);
      if (only !== undefined) break;
    }
    return found;
  }

  body({ start, end }: Box, mostBytes: number): Promise<Buffer> {
    return this.#source.at(start, Math.min(mostBytes, end - start));
  }
}
