import { createHash, randomBytes } from 'node:crypto';
import type { Principal } from '../identity/principal.ts';

const DIGITS = 40;

/**
 * Random; but for a client that names its creation by a key, the same each time that it asks, so that one whose answer was lost does
 * not begin another upload. Nobody else's key leads there.
 */
export function uploadIdFor({ kind, id }: Principal, idempotencyKey: string | null | undefined): string {
  if (idempotencyKey === null || idempotencyKey === undefined) return randomBytes(DIGITS / 2).toString('hex');
  const named = JSON.stringify([kind, id, idempotencyKey]);
  return createHash('sha256').update(named).digest('hex').slice(0, DIGITS);
}
