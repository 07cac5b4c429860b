import * as z from 'zod';

/** An exact ratio of whole numbers, for frame rates (frames per second), aspect ratios and time bases (seconds per tick). */
export const Fraction = z.object({ num: z.int().nonnegative(), den: z.int().positive() });
export type Fraction = z.infer<typeof Fraction>;
