import type { Priority } from '@transcode/contracts';

/** BullMQ takes the lowest number first, but 0 before them all and without order: it is never used. */
export const BULL_PRIORITY: { readonly [P in Priority]: number } = { high: 1, normal: 5, low: 10 };
