import type { createTransfer } from './transfer.ts';

/** What sends files comes with the first of them. Undefined: there is no line by which it could be had, and none to send by. */
export async function loadClient(): Promise<typeof createTransfer | undefined> {
  try {
    return (await import('./transfer.ts')).createTransfer;
  } catch {
    return undefined;
  }
}
