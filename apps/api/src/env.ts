import { HISTORY_KEPT_MS, parseVariables, UPLOAD_MAX_BYTES } from '@transcode/contracts';
import { STORAGE_VARIABLES } from '@transcode/storage';
import * as z from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const secret = z.string().min(32, 'must have at least 32 characters');
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const origin = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));

const Variables = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  ...STORAGE_VARIABLES,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  METRICS_PORT: port,
  /** Upstream of every address that is not the API's. */
  CONSOLE_URL: origin.optional(),
  /** Signs next-auth's tokens; the console has the same. */
  AUTH_SECRET: secret,
  /** Signs playback grants. */
  GRANT_SECRET: secret,
  /** Origin of absolute URLs in answers; else the request's own. */
  PUBLIC_URL: origin.optional(),
  /** Segments on S3 are answered with a redirect to a presigned URL. */
  MEDIA_REDIRECT: flag.default(false),
  UPLOAD_MAX_BYTES: z.coerce.number().int().positive().default(UPLOAD_MAX_BYTES),
  /** Rows of what has been over for longer are removed. */
  HISTORY_KEPT_SECONDS: z.coerce
    .number()
    .positive()
    .default(HISTORY_KEPT_MS / 1000),
});
export type Environment = z.infer<typeof Variables>;

/** Reads the variables this process understands. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Environment {
  return parseVariables(Variables, source);
}
