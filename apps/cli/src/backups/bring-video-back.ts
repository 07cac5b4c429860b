import { restoreVideo, type VideoPlan } from '@transcode/backup';
import * as z from 'zod';
import { Refusal } from '../refusal.ts';
import type { RestoreSource } from './bring-back.ts';
import { counted } from './in-words.ts';
import type { RestoreAbout } from './restore-source.ts';
import { changesAnything, demandLeave, named, type MayDo } from './video-plans.ts';
import { withLiving } from './with-living.ts';

export interface VideoWork extends RestoreAbout {
  source: RestoreSource;
}

export interface VideoOptions extends MayDo {
  id: string;
  storage?: string;
  identity?: string;
  /** Only tell what would change. */
  dryRun?: boolean;
}

/** Brings one video back into the database of an installation, which may run. Ends with 0 only where none of its objects is missing. */
export async function bringVideoBack(
  { source, ...about }: VideoWork,
  { id, dryRun = false, ...options }: VideoOptions,
  signal: AbortSignal,
): Promise<number> {
  if (!z.uuid().safeParse(id).success)
    throw new Refusal(`--video takes the id of a video, as its address in the console ends, and ${id} is none.`);
  const { print, say } = about.context;
  return withLiving(about, options, signal, async ({ engine, backUpFirst }) => {
    const agree = async (plan: VideoPlan) => {
      for (const line of inWords(plan, source.what, id)) print(line);
      if (dryRun || !changesAnything(plan)) return { go: false, incomplete: false };
      demandLeave(plan, options);
      await backUpFirst();
      return { go: true, incomplete: options.incomplete === true };
    };
    const lost = await source.withBackup(({ store, backup }) =>
      restoreVideo({ ...engine, store }, backup, { id, agree }),
    );
    if (lost === undefined) return 0;
    print(`Restored the video ${id}.`);
    if (lost.length > 0) say(`transcode: nobody has ${counted(lost.length, 'object')} of it: ${named(lost)}.`);
    return lost.length === 0 ? 0 : 1;
  });
}

function inWords({ title, changes, canceled, objects }: VideoPlan, what: string, id: string): string[] {
  const { there, copied, lost } = objects;
  return [
    `A restore of the video ${id} (${title}) from ${what} would change:`,
    ...changes.map(
      ({ table, added, replaced, same }) =>
        `  ${table}: ${counted(added, 'row')} added, ${replaced} replaced, ${same} as they are`,
    ),
    ...(canceled > 0
      ? [`  then ${counted(canceled, 'job')} that had not ended would be canceled; Retry encodes anew`]
      : []),
    `Objects: ${there} in the storage, ${copied.length} only in the second store, ${lost.length} nowhere.`,
    ...(lost.length > 0 ? [`Nobody has ${named(lost)}.`] : []),
  ];
}
