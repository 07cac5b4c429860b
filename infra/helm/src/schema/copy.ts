import * as z from 'zod';
import { text, web } from './kinds.ts';

/** The second store of the objects. */
export const copy = z.strictObject({
  url: z.string().regex(/^(s3:\/\/[^/\s]+(\/\S*[^/\s])?)?$/),
  mode: z.enum(['asynchronous', 'synchronous']),
  endpoint: web,
  region: text,
  existingSecret: text,
  keys: z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) }),
});
