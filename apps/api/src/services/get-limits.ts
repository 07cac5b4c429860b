import {
  DRAIN_DEADLINE_MS,
  GRANT_MS,
  LEASE_MS,
  MAX_INFRA_ATTEMPTS,
  MAX_WORK_ATTEMPTS,
  PASSWORD_MIN_LENGTH,
  SCRATCH,
  SESSION_MS,
  SIGN_IN_FREE_TRIES,
  SOURCE_LIMITS,
  UPLOAD_EXPIRES_MS,
  type LimitsView,
} from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';

/** What holds here, for people who would otherwise have to look for it in the environment of a process. */
export async function getLimits({ services: { limits, storage } }: SignedInContext): Promise<LimitsView> {
  const { pixels, durationSeconds, streams, audioStreams } = SOURCE_LIMITS;
  const [room] = await Promise.allSettled([storage.room()]);
  return {
    storage: storage.kind,
    uploadMaxBytes: limits.uploadMaxBytes,
    diskReserveBytes: room.status === 'fulfilled' ? (room.value?.reserveBytes ?? null) : null,
    historyKeptSeconds: limits.historyKeptMs / 1000,
    uploadExpiresSeconds: UPLOAD_EXPIRES_MS / 1000,
    sessionSeconds: SESSION_MS / 1000,
    grantSeconds: GRANT_MS / 1000,
    passwordMinLength: PASSWORD_MIN_LENGTH,
    signInFreeTries: SIGN_IN_FREE_TRIES,
    leaseSeconds: LEASE_MS / 1000,
    drainSeconds: DRAIN_DEADLINE_MS / 1000,
    workAttempts: MAX_WORK_ATTEMPTS,
    infraAttempts: MAX_INFRA_ATTEMPTS,
    source: { pixels, durationSeconds, streams, audioStreams },
    scratchTaskBytes: SCRATCH.taskBytes,
  };
}
