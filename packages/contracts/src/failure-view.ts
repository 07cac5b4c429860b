import * as z from 'zod';

export const FailureView = z.object({ code: z.string(), sentence: z.string(), tail: z.string().nullable() });
export type FailureView = z.infer<typeof FailureView>;
