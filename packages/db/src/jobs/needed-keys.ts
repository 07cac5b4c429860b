import type { JobState } from '@transcode/contracts';
import type { Transaction } from '../database.ts';

interface OneJob {
  id: string;
  state: JobState;
}

/** What the rows say of an object, as far as they do. */
export interface ObjectFacts {
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface NeededKeys {
  keys: ReadonlySet<string>;
  /** Of each key. */
  facts: ReadonlyMap<string, ObjectFacts>;
  /** Those that it is played from. */
  played: ReadonlySet<string>;
  /** Jobs whose own output nobody needs any more. */
  superseded: readonly string[];
}

/**
 * Every key that somebody may still want of a video: what is published, and what a new try would go on with. Nobody needs what
 * came before a completed job, but for what that job itself has taken over.
 */
export async function neededKeys(
  db: Transaction,
  video: { id: string; workspaceId: string; publishedJobId: string | null },
): Promise<NeededKeys> {
  const folder = `w/${video.workspaceId}/v/${video.id}/`;
  const jobs = await db.job.findMany({
    where: { videoId: video.id },
    select: { id: true, state: true },
    orderBy: { id: 'asc' },
  });
  const facts = new Map<string, ObjectFacts>();
  const played = new Set<string>();
  const completed = jobs.findLastIndex(({ state }) => state === 'completed');
  const isNeeded = ({ id }: OneJob, position: number): boolean => position >= completed || id === video.publishedJobId;
  for (const { id: jobId } of jobs.filter(isNeeded)) {
    const own = new Map<string, ObjectFacts>();
    const { published } = await db.job.findUniqueOrThrow({ where: { id: jobId }, select: { published: true } });
    addKeys(own, published, folder);
    for (const { result } of await db.chunk.findMany({ where: { jobId, state: 'done' }, select: { result: true } })) {
      addKeys(own, result, folder);
    }
    for (const [key, ofIt] of own) {
      facts.set(key, { ...facts.get(key), ...ofIt });
      if (jobId === video.publishedJobId) played.add(key);
    }
  }
  const superseded = jobs.filter((job, position) => !isNeeded(job, position)).map(({ id }) => id);
  return { keys: new Set(facts.keys()), facts, played, superseded };
}

/** Whatever looks like a key of this video, wherever it stands: what a later version adds to the rows is needed, too. */
function addKeys(facts: Map<string, ObjectFacts>, value: unknown, folder: string): void {
  if (typeof value === 'string') {
    if (value.startsWith(folder) && !facts.has(value)) facts.set(value, {});
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) addKeys(facts, part, folder);
    if ('key' in value && typeof value.key === 'string' && facts.has(value.key))
      facts.set(value.key, { ...facts.get(value.key), ...factsIn(value) });
  }
}

function factsIn(value: { key?: unknown; bytes?: unknown; sha256?: unknown }): ObjectFacts {
  const { bytes, sha256 } = value;
  return { ...(typeof bytes === 'number' && { bytes }), ...(typeof sha256 === 'string' && { sha256 }) };
}
