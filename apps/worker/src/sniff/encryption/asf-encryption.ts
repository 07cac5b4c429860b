import type { Encryption } from './encryption.ts';
import type { RangedReader } from './ranged-reader.ts';

/** Content Encryption, Extended Content Encryption and Advanced Content Encryption Object, as they stand in the file. */
const ENCRYPTION_OBJECTS = [
  'fbb31122 23bd d211 b4b7 00a0c955fc6e',
  '14e68a29 2226 174c b935 dae07ee9289c',
  '33850543 8169 e649 9b74 ad12cb86d58c',
].map((text) => Buffer.from(text.replaceAll(' ', ''), 'hex'));
const STREAM_PROPERTIES = Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex');
const MOST_HEADER_BYTES = 8 * 1024 ** 2;
const HEADER_BYTES = 30;

/** Windows Media DRM: an object in the header says so, and each stream's flags whether it is meant. */
export async function asfEncryption(source: RangedReader): Promise<Encryption[]> {
  const start = await source.at(0, HEADER_BYTES);
  if (start.length < HEADER_BYTES) return [];
  const bytes = Math.min(Number(start.readBigUInt64LE(16)), MOST_HEADER_BYTES);
  const header = await source.at(0, bytes);
  const flagged = encryptedPlaces(header);
  const isSaid = ENCRYPTION_OBJECTS.some((object) => header.includes(object));
  if (!isSaid && flagged.length === 0) return [];
  const streams = flagged.length === 0 ? 'all' : ({ by: 'place', numbers: flagged } as const);
  return [{ scheme: 'Windows Media DRM', streams, isCertain: false }];
}

/** Places of the streams whose flags say so. Of those in the header extension there is no such word. */
function encryptedPlaces(header: Buffer): number[] {
  const places: number[] = [];
  let place = 0;
  for (let at = header.indexOf(STREAM_PROPERTIES); at >= 0 && at + 74 <= header.length; place += 1) {
    if ((header.readUInt16LE(at + 72) & 0x80_00) !== 0) places.push(place);
    at = header.indexOf(STREAM_PROPERTIES, at + STREAM_PROPERTIES.length);
  }
  return places;
}
