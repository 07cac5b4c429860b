import * as z from 'zod';

const seconds = z.number().positive();

/** What holds in this installation. Nothing of it is changed by the API: some come from the environment, the others are fixed. */
export const LimitsView = z.object({
  storage: z.enum(['files', 's3']),
  /** UPLOAD_MAX_BYTES. */
  uploadMaxBytes: z.int().positive(),
  /** DISK_RESERVE_MIB, or what that is unless told; null where the storage is no disk of ours, or is away. */
  diskReserveBytes: z.int().nonnegative().nullable(),
  /** HISTORY_KEPT_SECONDS. */
  historyKeptSeconds: seconds,
  uploadExpiresSeconds: seconds,
  sessionSeconds: seconds,
  grantSeconds: seconds,
  passwordMinLength: z.int(),
  signInFreeTries: z.int(),
  leaseSeconds: seconds,
  drainSeconds: seconds,
  workAttempts: z.int(),
  infraAttempts: z.int(),
  source: z.object({
    pixels: z.int(),
    durationSeconds: seconds,
    streams: z.int(),
    audioStreams: z.int(),
  }),
  scratchTaskBytes: z.int(),
});
export type LimitsView = z.infer<typeof LimitsView>;
