import { FOUND_CALLED, restoreVideo, type Backup, type VideoPlan } from '@transcode/backup';
import type { RestoreFound, RestoreInput, VideoThen } from '@transcode/contracts';
import { Refusal } from '../refusal.ts';
import type { RestoreSource } from './bring-back.ts';
import { counted } from './in-words.ts';
import type { RestoreAbout } from './restore-source.ts';
import { changesAnything, demandLeave, named, namedOf, type MayDo } from './video-plans.ts';
import { withLiving } from './with-living.ts';
import type { Context } from '../context.ts';

export interface VideoWork extends RestoreAbout {
  source: RestoreSource;
}

export interface BringOptions extends MayDo {
  storage?: string;
  identity?: string;
  /** Only tell what would change. */
  dryRun?: boolean;
}

interface VideoOptions extends BringOptions {
  /** Its id, or some of what it was called in the backup. */
  video: string;
  /** As whose deed it is written down. */
  by?: RestoreInput['by'];
  /** Hears what is done just now; by default it is said. */
  onStep?: (doing: string) => void;
  /** Hears what would change, or which videos were called so. */
  onFound?: (found: RestoreFound) => void;
}

/** Brings one video back into the database of an installation, which may run. Ends with 0 only where none of its objects is missing. */
export async function bringVideoBack(work: VideoWork, options: VideoOptions, signal: AbortSignal): Promise<number> {
  const { context, source } = work;
  const { video, by } = options;
  return withLiving(work, options, signal, async ({ engine, backUpFirst }) => {
    let restored = video;
    const lost = await source.withBackup(({ store, backup }) => {
      const agree = async (plan: VideoPlan) => {
        restored = plan.id;
        const go = agreed(work, options, { plan, backup });
        if (go) await backUpFirst();
        return { go, incomplete: options.incomplete === true };
      };
      const onSeveral = (videos: readonly VideoThen[]) => tellSeveral(context, options, { videos, backup });
      return restoreVideo({ ...engine, store }, backup, { video, onSeveral, agree, by });
    });
    if (lost === undefined) return 0;
    context.print(`Restored the video ${restored}.`);
    if (lost.length > 0) context.say(`transcode: nobody has ${counted(lost.length, 'object')} of it: ${named(lost)}.`);
    return lost.length === 0 ? 0 : 1;
  });
}

/** Tells what would change, and says whether that is to be done. */
function agreed(
  { context, source }: VideoWork,
  { dryRun = false, onFound, ...may }: VideoOptions,
  { plan, backup }: { plan: VideoPlan; backup: Backup },
): boolean {
  onFound?.(planView(plan, backup));
  for (const line of inWords(plan, source.what)) context.print(line);
  if (dryRun || !changesAnything(plan)) return false;
  demandLeave(plan, may);
  return true;
}

function tellSeveral(
  { print }: Context,
  { dryRun = false, onFound }: VideoOptions,
  { videos, backup }: { videos: readonly VideoThen[]; backup: Backup },
): void {
  const more = videos.length === FOUND_CALLED;
  const listed = more ? videos.slice(0, -1) : [...videos];
  onFound?.({ found: 'several', backup: backup.id, videos: listed, more });
  for (const { id, title, createdAt } of listed) print(`${id}  ${createdAt.slice(0, 10)}  ${title}`);
  const sentence = `${more ? 'More than ' : ''}${counted(listed.length, 'video')} were called so. Name one by its id.`;
  if (!dryRun) throw new Refusal(sentence);
  print(sentence);
}

function planView(
  { id: videoId, workspaceId, title, changes, canceled, objects }: VideoPlan,
  backup: Backup,
): RestoreFound {
  const { there, copied, lost, lostPlayed } = objects;
  return {
    ...{ found: 'plan', videoId, workspaceId, title, backup: backup.id, at: backup.manifest.begunAt },
    ...{ changes: [...changes], canceledJobs: canceled },
    objects: {
      ...{ there, fetched: copied.length, lost: lost.length, lostPlayed: lostPlayed.length },
      named: namedOf(lost),
    },
  };
}

function inWords({ id, title, changes, canceled, objects }: VideoPlan, what: string): string[] {
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
