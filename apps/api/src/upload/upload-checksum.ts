import { createHash, timingSafeEqual, type Hash } from 'node:crypto';
import { TranscodeError } from '@transcode/contracts';

/** In the order that we like them; `sha1` is what every client of the extension knows. */
export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1', 'sha512', 'md5'] as const;

export interface UploadChecksum {
  /** Of the bytes that come; once a request. */
  readonly hash: Hash;
  matches(): boolean;
}

/** `Upload-Checksum: sha1 <base64>`. */
export function parseChecksum(header: string | undefined): UploadChecksum | undefined {
  if (header === undefined) return undefined;
  const [name = '', value = '', ...more] = header.trim().split(' ');
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name.toLowerCase());
  if (algorithm === undefined)
    throw new TranscodeError('bad_request', { reason: `checksums are taken by ${CHECKSUM_ALGORITHMS.join(', ')}` });
  const hash = createHash(algorithm);
  const expected = Buffer.from(value, 'base64');
  if (more.length > 0 || expected.length !== createHash(algorithm).digest().length || value.length % 4 !== 0)
    throw new TranscodeError('bad_request', { reason: `that is not a ${algorithm} in Base64` });
  return { hash, matches: () => timingSafeEqual(hash.digest(), expected) };
}
