import * as z from 'zod';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';

/** The variables that say where objects are. What is not said of S3 the AWS SDK finds for itself. */
export const STORAGE_VARIABLES = {
  STORAGE_URL: z.string().min(1),
  S3_ENDPOINT: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_REGION: z.string().optional(),
};
const Variables = z.object(STORAGE_VARIABLES);

/** The storage that the environment names. An endpoint of one's own is spoken to by paths, as few of them answer to bucket names. */
export function openNamedStorage(env: z.infer<typeof Variables>): Storage {
  return openStorage(env.STORAGE_URL, {
    s3: {
      endpoint: env.S3_ENDPOINT,
      region: env.AWS_REGION,
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
      forcePathStyle: env.S3_ENDPOINT !== undefined,
    },
  });
}
