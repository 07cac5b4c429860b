import { isDeepStrictEqual } from 'node:util';
import { FOUND_CALLED, makeBackup, restoreVideo, type Backup, type VideoPlan } from '@transcode/backup';
import {
  TranscodeError,
  type RestoreFound,
  type RestoreInput,
  type TableChange,
  type VideoThen,
} from '@transcode/contracts';
import { openCopyStore, type Storage } from '@transcode/storage';
import { ownStorage } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import type { RestoreSource } from './bring-back.ts';
import { counted, toldOf } from './in-words.ts';
import { openMedia, readIdentities, type BackupPlace } from './place.ts';
import type { RestoreAbout } from './restore-source.ts';
import { withDatabase } from './with-database.ts';
import type { Context } from '../context.ts';

interface VideoWork extends RestoreAbout {
  source: RestoreSource;
}

interface VideoOptions {
  /** Its id, or some of what it was called in the backup. */
  video: string;
  storage?: string;
  identity?: string;
  /** Only tell what would change. */
  dryRun?: boolean;
  /** Also where rows of it that are there would be other ones then. */
  replace?: boolean;
  /** Also where nobody has all that it is played from. */
  incomplete?: boolean;
  /** What somebody has seen and agreed to; where anything else would change, nothing does. */
  agreed?: readonly TableChange[];
  /** As whose deed it is written down. */
  by?: RestoreInput['by'];
  /** Hears what is done just now; by default it is said. */
  onStep?: (doing: string) => void;
  /** Hears what would change, or which videos were called so. */
  onFound?: (found: RestoreFound) => void;
}

/** Brings one video back into the database of an installation, which may run. Ends with 0 only where none of its objects is missing. */
export async function bringVideoBack(work: VideoWork, options: VideoOptions, signal: AbortSignal): Promise<number> {
  const { context, folder, tools, place, source } = work;
  const { video, storage, identity, by, onStep = context.say } = options;
  const { settings } = place;
  const identities = await readIdentities(identity ?? settings.BACKUP_IDENTITY_FILE);
  return withDatabase(context, folder, tools, async ({ databaseUrl, storageUrl }) => {
    const mediaUrl = storage ?? storageUrl ?? ownStorage(folder);
    const media = openMedia(settings, mediaUrl);
    const copies = openCopies(place, mediaUrl);
    const common = { databaseUrl, media, bin: tools.postgresBin, scratch: folder.restored, signal };
    const backUp = async (): Promise<void> => {
      onStep('First, backing up what is there …');
      const safety = { store: place.store, identities: [], recipients: settings.BACKUP_RECIPIENTS, say: context.say };
      const made = await makeBackup({ ...common, ...safety, product: context.version }, 'restore');
      for (const line of [...toldOf(made), ...made.complaints.map(({ message }) => message)]) context.say(line);
    };
    let restored = video;
    try {
      const lost = await source.withBackup(({ store, backup }) => {
        const engine = { ...common, say: onStep, copies, store, identities, tombstones: place.store };
        const agree = async (plan: VideoPlan) => {
          restored = plan.id;
          const go = agreed(work, options, { plan, backup });
          if (go) await backUp();
          return { go, incomplete: options.incomplete === true };
        };
        const onSeveral = (videos: readonly VideoThen[]) => tellSeveral(context, options, { videos, backup });
        return restoreVideo(engine, backup, { video, onSeveral, agree, by });
      });
      if (lost === undefined) return 0;
      context.print(`Restored the video ${restored}.`);
      if (lost.length > 0)
        context.say(`transcode: nobody has ${counted(lost.length, 'object')} of it: ${named(lost)}.`);
      return lost.length === 0 ? 0 : 1;
    } finally {
      await Promise.all([media.close(), copies?.close()]);
    }
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

function openCopies({ settings }: BackupPlace, mediaUrl: string): Storage | undefined {
  if (settings.COPY_URL === undefined) return undefined;
  try {
    return openCopyStore(settings.COPY_URL, { ...settings, STORAGE_URL: mediaUrl, S3_TAG_SOURCES: false });
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const changesAnything = ({ changes, objects }: VideoPlan): boolean =>
  objects.copied.length > 0 || changes.some(({ added, replaced }) => added + replaced > 0);

function demandLeave(
  { id, changes, objects }: VideoPlan,
  may: Pick<VideoOptions, 'replace' | 'incomplete' | 'agreed'>,
): void {
  if (may.agreed !== undefined && !isDeepStrictEqual(may.agreed, changes))
    throw new TranscodeError('restore_video_busy', {
      video: id,
      reason: 'its rows are not those any more that were looked at',
    });
  const replaced = changes.reduce((sum, change) => sum + change.replaced, 0);
  if (replaced > 0 && may.replace !== true)
    throw new Refusal(
      `${counted(replaced, 'row')} of the video would be replaced. --replace does so, after a backup of what is there.`,
    );
  if (objects.lostPlayed.length > 0 && may.incomplete !== true)
    throw new Refusal(
      `Nobody has ${counted(objects.lostPlayed.length, 'object')} that it takes to play the video. --incomplete brings back what there is.`,
    );
}

const NAMED = 3;

function named(keys: readonly string[]): string {
  const more = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
  return keys.slice(0, NAMED).join(', ') + more;
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
      named: lost.slice(0, NAMED),
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
