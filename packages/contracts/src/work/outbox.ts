import * as z from 'zod';

/** What is told to the outside, once the transaction that made it true stands: a row of `Outbox`. */
export const OutboxMessage = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('video.ready'), payload: z.object({ videoId: z.uuid(), jobId: z.uuid() }) }),
]);
export type OutboxMessage = z.infer<typeof OutboxMessage>;
