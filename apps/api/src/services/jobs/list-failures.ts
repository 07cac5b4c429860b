import type { FailureCause } from '@transcode/contracts';
import { findFailureCauses } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';

/** Of the jobs that one may see. */
export async function listFailures(
  { services: { db }, identity: { workspaceIds } }: SignedInContext,
  { hours }: { hours: number },
): Promise<{ items: FailureCause[] }> {
  const causes = await findFailureCauses(db, { since: new Date(Date.now() - hours * 3_600_000), workspaceIds });
  return {
    items: causes.map(({ code, count, retryable, more, jobId, videoId, videoTitle, sentence, at }) => ({
      ...{ code, count, retryable, more },
      last: { jobId, videoId, videoTitle, sentence: sentence ?? code, at: at.toISOString() },
    })),
  };
}
