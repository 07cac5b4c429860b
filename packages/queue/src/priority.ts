import type { Priority } from '@transcode/contracts';

/** BullMQ takes the lowest number first, but 0 before them all and without order: it is never used. */
const FRESH: { readonly [P in Priority]: number } = { high: 2, normal: 6, low: 10 };

/**
 * Work that was begun and lost goes before what has not been begun, at the same priority: it waited for its turn once, and its video
 * has waited longest.
 */
export function bullPriority({ priority, token }: { priority: Priority; token: number }): number {
  return token === 0 ? FRESH[priority] : FRESH[priority] - 1;
}
