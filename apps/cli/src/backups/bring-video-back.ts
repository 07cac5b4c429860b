import { makeBackup, restoreVideo, type VideoPlan } from '@transcode/backup';
import { openCopyStore, type Storage } from '@transcode/storage';
import * as z from 'zod';
import { ownStorage } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import type { RestoreSource } from './bring-back.ts';
import { counted, toldOf } from './in-words.ts';
import { openMedia, readIdentities, type BackupPlace } from './place.ts';
import type { RestoreAbout } from './restore-source.ts';
import { withDatabase } from './with-database.ts';

interface VideoWork extends RestoreAbout {
  source: RestoreSource;
}

interface VideoOptions {
  id: string;
  storage?: string;
  identity?: string;
  /** Only tell what would change. */
  dryRun?: boolean;
  /** Also where rows of it that are there would be other ones then. */
  replace?: boolean;
  /** Also where nobody has all that it is played from. */
  incomplete?: boolean;
}

/** Brings one video back into the database of an installation, which may run. Ends with 0 only where none of its objects is missing. */
export async function bringVideoBack(
  { context, folder, tools, place, source }: VideoWork,
  { id, storage, identity, dryRun = false, ...may }: VideoOptions,
  signal: AbortSignal,
): Promise<number> {
  if (!z.uuid().safeParse(id).success)
    throw new Refusal(`--video takes the id of a video, as its address in the console ends, and ${id} is none.`);
  const { settings } = place;
  const identities = await readIdentities(identity ?? settings.BACKUP_IDENTITY_FILE);
  return withDatabase(context, folder, tools, async ({ databaseUrl, storageUrl }) => {
    const mediaUrl = storage ?? storageUrl ?? ownStorage(folder);
    const media = openMedia(settings, mediaUrl);
    const copies = openCopies(place, mediaUrl);
    const common = { databaseUrl, media, bin: tools.postgresBin, scratch: folder.restored, signal, say: context.say };
    const agree = async (plan: VideoPlan) => {
      for (const line of inWords(plan, source.what, id)) context.print(line);
      if (dryRun || !changesAnything(plan)) return { go: false, incomplete: false };
      demandLeave(plan, may);
      context.say('First, a backup of what is there.');
      const safety = { store: place.store, identities: [], recipients: settings.BACKUP_RECIPIENTS };
      const made = await makeBackup({ ...common, ...safety, product: context.version }, 'restore');
      for (const line of [...toldOf(made), ...made.complaints.map(({ message }) => message)]) context.say(line);
      return { go: true, incomplete: may.incomplete === true };
    };
    try {
      const lost = await source.withBackup(({ store, backup }) =>
        restoreVideo({ ...common, copies, store, identities, tombstones: place.store }, backup, { id, agree }),
      );
      if (lost === undefined) return 0;
      context.print(`Restored the video ${id}.`);
      if (lost.length > 0)
        context.say(`transcode: nobody has ${counted(lost.length, 'object')} of it: ${named(lost)}.`);
      return lost.length === 0 ? 0 : 1;
    } finally {
      await Promise.all([media.close(), copies?.close()]);
    }
  });
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

function demandLeave({ changes, objects }: VideoPlan, may: Pick<VideoOptions, 'replace' | 'incomplete'>): void {
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
