import { claimFolder, Plan } from '@transcode/contracts';
import type { ClaimedTask } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';

/** Removes what a claim has put that is lost, or had no room: only keys with its own token, which nothing names. What it misses is swept by the reconciler. */
export async function discardClaim(
  storage: Storage,
  { job, task, token }: ClaimedTask,
  { log }: { log: Logger },
): Promise<void> {
  try {
    for (const name of namesOf(job.plan, task.stage)) {
      await storage.deletePrefix(claimFolder(job, name, { chunk: task.index, token }));
    }
  } catch (error) {
    log.info({ err: error }, 'What the claim had put is left to the sweeper');
  }
}

/** Of what a stage puts objects. */
function namesOf(stored: unknown, stage: ClaimedTask['task']['stage']): string[] {
  if (stage === 'package') return ['package'];
  if (stage !== 'encode' && stage !== 'audio') return [];
  const { video, audio } = Plan.parse(stored);
  return (stage === 'encode' ? video : audio).map(({ name }) => name);
}
