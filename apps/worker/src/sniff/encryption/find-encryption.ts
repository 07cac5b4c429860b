import type { Container } from '@transcode/contracts';
import { asfEncryption } from './asf-encryption.ts';
import type { Encryption } from './encryption.ts';
import { flvEncryption } from './flv-encryption.ts';
import { matroskaEncryption } from './matroska-encryption.ts';
import { mp4Encryption } from './mp4-encryption.ts';
import { mxfEncryption } from './mxf-encryption.ts';
import { programStreamEncryption } from './program-stream-encryption.ts';
import type { RangedReader } from './ranged-reader.ts';
import { transportStreamEncryption } from './transport-stream-encryption.ts';

type Finder = (source: RangedReader) => Promise<readonly Encryption[]>;

const FINDERS: Readonly<Partial<Record<Container, Finder>>> = {
  mp4: mp4Encryption,
  matroska: matroskaEncryption,
  mpegts: transportStreamEncryption,
  mpegps: programStreamEncryption,
  asf: asfEncryption,
  mxf: mxfEncryption,
  flv: flvEncryption,
};

/** What a source says of its own encryption. ffprobe says nothing of it: to a decoder, ciphertext is damage. */
export async function findEncryption(container: Container, source: RangedReader): Promise<readonly Encryption[]> {
  return (await FINDERS[container]?.(source)) ?? [];
}
