import type { FailureCause } from '@transcode/contracts';
import { findFailureCauses } from '@transcode/db';
import type { SignedInContext } from '../context.ts';

export async function listFailures(
  { services: { db } }: SignedInContext,
  { hours }: { hours: number },
): Promise<{ items: FailureCause[] }> {
  const causes = await findFailureCauses(db, new Date(Date.now() - hours * 3_600_000));
  return {
    items: causes.map(({ code, count, retryable, jobId, videoId, videoTitle, sentence, at }) => ({
      ...{ code, count, retryable },
      last: { jobId, videoId, videoTitle, sentence: sentence ?? code, at: at.toISOString() },
    })),
  };
}
