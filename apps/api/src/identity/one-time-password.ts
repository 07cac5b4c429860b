import { randomSecret } from './secret.ts';

/** Told once, and changed by its owner at the first sign-in. */
export function oneTimePassword(): string {
  return randomSecret().slice(0, 20);
}
