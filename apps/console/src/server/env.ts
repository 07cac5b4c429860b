import { parseVariables } from '@transcode/contracts';
import * as z from 'zod';

const Env = z.object({
  /** Where the server side of the console reaches the API. */
  API_URL: z.url(),
  /** Encrypts next-auth's token; the API has the same as AUTH_SECRET. */
  NEXTAUTH_SECRET: z.string().min(32),
  /** Origins other than ours that media may come from, separated by spaces: the S3 endpoint where playback is redirected. */
  MEDIA_ORIGINS: z
    .string()
    .regex(/^[\w\s:/.*-]*$/)
    .default(''),
});
export type Env = z.infer<typeof Env>;

export function parseEnv(source: Record<string, string | undefined>): Env {
  return parseVariables(Env, source);
}
