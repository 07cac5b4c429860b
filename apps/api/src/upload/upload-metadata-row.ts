import { Priority } from '@transcode/contracts';
import * as z from 'zod';

/** `Upload.metadata`. */
const Row = z.object({ sent: z.record(z.string(), z.string().nullable()), priority: Priority });

export function readMetadata(value: unknown): z.infer<typeof Row> {
  return Row.parse(value);
}
