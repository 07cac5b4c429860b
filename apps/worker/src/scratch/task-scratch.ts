import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { SCRATCH, TranscodeError } from '@transcode/contracts';
import { demandRoom, diskRoom } from '@transcode/storage';
import { inWords } from '../ffmpeg/in-words.ts';
import { scratchError } from './scratch-error.ts';

export interface TaskScratch {
  readonly folder: string;
  /** Aborted, with what to say, where the task puts more there than it may, or its disk has no room that may be used. */
  readonly signal: AbortSignal;
  readonly remove: () => Promise<void>;
}

/** An empty folder for one task, which is watched as long as it is there. */
export async function openTaskScratch(
  parent: string,
  stage: string,
  {
    taskBytes = SCRATCH.taskBytes,
    lookMs = SCRATCH.lookMs,
    reserveBytes,
  }: { taskBytes?: number; lookMs?: number; reserveBytes?: number | undefined } = {},
): Promise<TaskScratch> {
  const folder = await mkdtemp(path.join(parent, `${stage}-`));
  const over = new AbortController();
  let looking = false;
  const look = async (): Promise<void> => {
    if ((await bytesIn(folder)) > taskBytes)
      throw new TranscodeError('scratch_exceeded', { limit: inWords(taskBytes) });
    demandRoom('the scratch folder', await diskRoom(parent, reserveBytes));
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch((error: unknown) => over.abort(scratchError(error)))
      .finally(() => {
        looking = false;
      });
  }, lookMs);
  return {
    folder,
    signal: over.signal,
    remove: async () => {
      clearInterval(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What is gone before it could be looked at counts for nothing. */
async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const found = await Promise.allSettled(names.map((name) => stat(path.join(folder, name))));
  return found.reduce(
    (sum, each) => sum + (each.status === 'fulfilled' && each.value.isFile() ? each.value.size : 0),
    0,
  );
}
