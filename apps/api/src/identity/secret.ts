import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, 43 characters that are safe in a header, a URL and a shell. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. It has 256 random bits, so a plain hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
