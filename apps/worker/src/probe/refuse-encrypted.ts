import { TranscodeError } from '@transcode/contracts';
import type { Encryption } from '../sniff/encryption/encryption.ts';
import { MATROSKA_SCHEME } from '../sniff/encryption/matroska-encryption.ts';
import type { DescribedStream } from './described.ts';
import { filmsOf } from './encrypted-streams.ts';

/** A source without any picture in the clear is refused before anybody takes the ciphertext for damage. */
export function refuseEncrypted(
  streams: readonly DescribedStream[],
  encrypted: ReadonlyMap<number, string>,
  findings: readonly Encryption[],
): void {
  const films = filmsOf(streams);
  if (films.length === 0 && findings.length === 0) return;
  if (!films.every(({ index }) => encrypted.has(index))) return;
  throw encryptedBy(films.map(({ index }) => encrypted.get(index))[0] ?? findings[0]?.scheme ?? MATROSKA_SCHEME);
}

export function encryptedBy(scheme: string): TranscodeError {
  return new TranscodeError('source_encrypted', { scheme });
}
