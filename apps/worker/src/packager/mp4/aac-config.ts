import type { Box } from './box.ts';
import { Fields } from './fields.ts';
import { packageFailed } from '../package-failed.ts';

const ES_DESCRIPTOR = 3;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;
const MPEG4_AUDIO = 0x40;

/** Codec string and channels out of an `esds` box (ISO/IEC 14496-1, 14496-3). */
export function readAacConfig(esds: Box): { codec: string; channels: number } {
  const fields = new Fields(esds);
  fields.header();
  enterDescriptor(fields, ES_DESCRIPTOR);
  fields.skip(2);
  const flags = fields.u8();
  if ((flags & 0x80) !== 0) fields.skip(2);
  if ((flags & 0x40) !== 0) fields.skip(fields.u8());
  if ((flags & 0x20) !== 0) fields.skip(2);
  enterDescriptor(fields, DECODER_CONFIG);
  const objectType = fields.u8();
  if (objectType !== MPEG4_AUDIO) throw packageFailed(`the sound has object type ${objectType}, not MPEG-4 audio`);
  fields.skip(12);
  enterDescriptor(fields, DECODER_SPECIFIC);
  const config = fields.u16();
  const audioObjectType = config >>> 11;
  return { codec: `mp4a.40.${audioObjectType}`, channels: (config >>> 3) & 0xf };
}

function enterDescriptor(fields: Fields, tag: number): void {
  const found = fields.u8();
  if (found !== tag) throw packageFailed(`esds has descriptor ${found} where ${tag} belongs`);
  for (let byte = 0; byte < 4; byte += 1) if ((fields.u8() & 0x80) === 0) return;
  throw packageFailed('esds has a descriptor with an endless length');
}
