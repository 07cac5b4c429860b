/** How bars look, whoever draws them. */
export const BAR_COLOURS = { broken: 'var(--color-red)', alive: 'var(--color-accent)' } as const;
/** Of the room that each has. */
export const BAR_SHARE = 0.8;
/** The hour is written below every sixth. */
export const EVERY_NTH_HOUR = 6;
