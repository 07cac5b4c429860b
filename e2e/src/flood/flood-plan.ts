import * as z from 'zod';

export const FloodPlan = z.object({
  url: z.string(),
  /** From which they come. */
  addresses: z.array(z.string()).min(1),
  /** Lines that are held. */
  lines: z.int(),
  /** Bodies under way at once. */
  bodies: z.int(),
  /** Who ask one question after another, each at most so many a second. */
  askers: z.int(),
  questionsPerSecond: z.number(),
});
export type FloodPlan = z.infer<typeof FloodPlan>;

/** What came of it: answers by status, `cut` where there was none. */
export const FloodReport = z.object({
  bodies: z.record(z.string(), z.int()),
  questions: z.record(z.string(), z.int()),
  opened: z.int(),
  mostOpen: z.int(),
  /** What the strangers themselves took of the machine. */
  cpuSeconds: z.number(),
});
export type FloodReport = z.infer<typeof FloodReport>;
