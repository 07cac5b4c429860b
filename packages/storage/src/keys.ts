import { BrokenInvariant } from '@transcode/contracts';

/** Amazon's limit is 1,024 bytes; what grows adds to its key. */
const MAX_KEY_BYTES = 900;
const MAX_PART_BYTES = 240;
/** Ends that growing objects use for themselves. */
const RESERVED_ENDS = ['.part', '.parts'];

/** A key that cannot leave the root, whatever it was made of. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw invalid(key, 'it is too long');
  for (const part of key.split('/')) checkPart(key, part);
}

/** The beginning of a key: whole parts, and perhaps the beginning of one more. */
export function checkPrefix(prefix: string): void {
  if (prefix === '') return;
  checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}

function checkPart(key: string, part: string): void {
  if (part === '') throw invalid(key, 'a part of it is empty');
  if (part.startsWith('.')) throw invalid(key, 'a part of it begins with a dot');
  if (Buffer.byteLength(part) > MAX_PART_BYTES) throw invalid(key, 'a part of it is too long');
  if (RESERVED_ENDS.some((end) => part.endsWith(end))) throw invalid(key, 'its ending is reserved');
  if (/[\p{Cc}\\]|\p{Cs}/u.test(part)) throw invalid(key, 'it has a character that is not allowed');
}

function invalid(key: string, reason: string): BrokenInvariant {
  return new BrokenInvariant(`The storage key ${JSON.stringify(key.slice(0, 100))} cannot be used: ${reason}.`);
}
