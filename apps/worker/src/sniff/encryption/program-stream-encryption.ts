import type { Encryption } from './encryption.ts';
import { windows, type RangedReader } from './ranged-reader.ts';
import { ScrambledStreams } from './scrambled-streams.ts';

const START_CODE = Buffer.from([0, 0, 1]);
const PRIVATE = 0xbd;
/** What is a stream of its own inside of the private one: AC-3, DTS, LPCM; their ids are those numbers alone. */
const PRIVATE_IDS = Array.from({ length: 0x100 }, (_, id) => id);

/** Streams whose PES packets are scrambled, as on a DVD that was copied without being unlocked. */
export async function programStreamEncryption(source: RangedReader): Promise<Encryption[]> {
  const scrambled = new ScrambledStreams();
  for (const part of await windows(source)) {
    for (let at = part.indexOf(START_CODE); at >= 0 && at + 9 < part.length;) {
      const stream = part[at + 3] ?? 0;
      const flags = part[at + 6] ?? 0;
      const isPes = isMedia(stream) && flags >> 6 === 0b10;
      const hasPayload = part.readUInt16BE(at + 4) > 3 + (part[at + 8] ?? 0);
      if (isPes && hasPayload) scrambled.saw(stream, ((flags >> 4) & 0b11) !== 0);
      // Behind the packet, as ciphertext may hold what looks like another.
      at = part.indexOf(START_CODE, isPes ? at + 6 + part.readUInt16BE(at + 4) : at + 3);
    }
  }
  const streams = scrambled.numbers();
  if (streams.length === 0) return [];
  const numbers = streams.flatMap((stream) => (stream === PRIVATE ? PRIVATE_IDS : [0x100 + stream]));
  return [{ scheme: 'CSS, as on DVDs', streams: { by: 'id', numbers }, isCertain: false }];
}

/** Sound, pictures and what is private. */
function isMedia(stream: number): boolean {
  return stream === PRIVATE || (stream >= 0xc0 && stream <= 0xef);
}
