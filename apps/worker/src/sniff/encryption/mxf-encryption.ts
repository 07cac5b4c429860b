import type { Encryption } from './encryption.ts';
import { windows, type RangedReader } from './ranged-reader.ts';

/** The key of an encrypted triplet, but for its version. */
const BEFORE_VERSION = Buffer.from('060e2b34020401', 'hex');
const BEHIND_VERSION = Buffer.from('0d010301027e0100', 'hex');

/** Digital cinema: each file has one stream, and its essence is wrapped in encrypted triplets. */
export async function mxfEncryption(source: RangedReader): Promise<Encryption[]> {
  for (const part of await windows(source)) {
    for (let at = part.indexOf(BEHIND_VERSION); at >= 8; at = part.indexOf(BEHIND_VERSION, at + 1)) {
      if (part.subarray(at - 8, at - 1).equals(BEFORE_VERSION))
        return [{ scheme: 'digital cinema, SMPTE 429-6', streams: 'all', isCertain: true }];
    }
  }
  return [];
}
