import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SCRATCH } from '@transcode/contracts';
import { diskRoom } from '@transcode/storage';
import { inWords } from '../ffmpeg/in-words.ts';

/** Where a worker's tasks keep what they need for a while. */
export interface Scratch {
  readonly folder: string;
  /** A sentence where its disk has no room for another task, beside what stays free; undefined where it has. */
  readonly lack: () => Promise<string | undefined>;
  readonly remove: () => Promise<void>;
}

/**
 * Makes the worker's own folder below `parent` anew: what it left there when it was killed goes. Only that folder is ever removed, so
 * that a `parent` which others use, too, loses nothing.
 */
export async function openScratch(
  parent: string,
  {
    workerId = 'worker',
    freeBytes = SCRATCH.freeBytes,
    reserveBytes,
  }: { workerId?: string | undefined; freeBytes?: number; reserveBytes?: number | undefined } = {},
): Promise<Scratch> {
  const folder = path.join(parent, `transcode-${workerId.replaceAll(/[^\w.-]/g, '_')}`);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  await remove();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    folder,
    remove,
    lack: async () => {
      const room = await diskRoom(folder, reserveBytes);
      const needed = room.reserveBytes + freeBytes;
      if (room.freeBytes >= needed) return undefined;
      return `${inWords(room.freeBytes)} are free on the disk of the scratch folder, and ${inWords(needed)} have to be`;
    },
  };
}
