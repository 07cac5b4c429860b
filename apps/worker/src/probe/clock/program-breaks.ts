/** No more is looked through before the second place, in bytes. */
const MOST_BYTES = 4 * 1024 ** 2;
/** So much behind the second place, in bytes: its first group of pictures begins with the packet itself. */
const BEYOND = 64 * 1024;
const PREFIX = Buffer.from([0, 0, 1]);
const CODES = { group: 0xb8, end: 0xb9, pack: 0xba, systemHeader: 0xbb, navigation: 0xbf } as const;

/**
 * Whether a program stream tells of a break between two of its packets, by their places in bytes: it ends and begins again, by its end code or
 * by the system header that the first pack of a stream has (ISO 13818-1, 2.5.3.2 and 2.5.3.5); or the time codes of its groups of pictures go
 * back (ISO 13818-2, 6.3.8). A pause in one recording has none of these.
 */
export async function hasProgramBreak(
  read: (range: { start: number; end: number }) => Promise<Buffer>,
  from: number,
  to: number,
): Promise<boolean> {
  if (!(from >= 0 && to > from)) return false;
  const start = Math.max(0, to - MOST_BYTES);
  const bytes = await read({ start, end: to + BEYOND - 1 });
  const gap = { from: Math.max(0, from - start), to: to - start };
  const found = { isEnded: false, beginnings: new Beginnings(), groups: new Groups() };
  for (let at = bytes.indexOf(PREFIX); at >= 0 && !found.isEnded; at = bytes.indexOf(PREFIX, at + 1)) {
    const isBehind = at > gap.from;
    const code = bytes[at + 3];
    if (code === CODES.group) found.groups.add(bytes.subarray(at + 4, at + 8), isBehind);
    if (at > gap.to) continue;
    if (code === CODES.end) found.isEnded = isBehind;
    if (code === CODES.pack) found.beginnings.add(beginsAnew(bytes, at), isBehind);
  }
  return found.isEnded || found.beginnings.isEarly || found.groups.goBack;
}

/** Packs that begin as the first of a stream does, which some writers put every so many packs. */
class Beginnings {
  /** Whether one came earlier behind the gap than any had before. */
  isEarly = false;
  #since: number | undefined;
  #least = Infinity;

  add(isOne: boolean, isBehind: boolean): void {
    if (isOne) {
      const since = this.#since ?? Infinity;
      if (isBehind) this.isEarly ||= since < this.#least;
      else this.#least = Math.min(this.#least, since);
      this.#since = 0;
    }
    if (this.#since !== undefined) this.#since += 1;
  }
}

/** The time codes of groups of pictures. */
class Groups {
  goBack = false;
  #last: number | undefined;
  #first: number | undefined;

  add(code: Buffer, isBehind: boolean): void {
    if (code.length < 4 || this.#first !== undefined) return;
    const time = timeCode(code);
    if (!isBehind) this.#last = time;
    else {
      this.#first = time;
      this.goBack = this.#last !== undefined && time < this.#last;
    }
  }
}

/** On a DVD each unit has a system header before its navigation, which tells of nothing. */
function beginsAnew(bytes: Buffer, pack: number): boolean {
  const isMpeg2 = ((bytes[pack + 4] ?? 0) & 0xc0) === 0x40;
  const header = pack + (isMpeg2 ? 14 + ((bytes[pack + 13] ?? 0) & 0x07) : 12);
  if (codeAt(bytes, header) !== CODES.systemHeader || header + 6 > bytes.length) return false;
  return codeAt(bytes, header + 6 + bytes.readUInt16BE(header + 4)) !== CODES.navigation;
}

function codeAt(bytes: Buffer, at: number): number | undefined {
  return bytes.subarray(at, at + 3).equals(PREFIX) ? bytes[at + 3] : undefined;
}

/** Hours, minutes, seconds and pictures as one number that grows with them. */
function timeCode(code: Buffer): number {
  const bits = code.readUInt32BE() >>> 7;
  const [hours, minutes] = [(bits >>> 19) & 0x1f, (bits >>> 13) & 0x3f];
  const [seconds, pictures] = [(bits >>> 6) & 0x3f, bits & 0x3f];
  return ((hours * 60 + minutes) * 60 + seconds) * 64 + pictures;
}
