import { Priority } from '@transcode/contracts';
import * as z from 'zod';

/** `Upload.metadata`. */
const Row = z.object({
  /** `Upload-Metadata` as the client sent it: it gets it back as it was. */
  sent: z.string(),
  priority: Priority,
});

export function readMetadata(value: unknown): z.infer<typeof Row> {
  return Row.parse(value);
}
