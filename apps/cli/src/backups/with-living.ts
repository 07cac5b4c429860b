import { makeBackup } from '@transcode/backup';
import { openCopyStore, type Storage } from '@transcode/storage';
import { ownStorage } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import { toldOf } from './in-words.ts';
import { openMedia, readIdentities, type BackupPlace } from './place.ts';
import type { RestoreAbout } from './restore-source.ts';
import { withDatabase } from './with-database.ts';

/** An installation, which may run, and all that it takes to bring something back into it. */
export interface Living {
  engine: {
    databaseUrl: string;
    media: Storage;
    copies: Storage | undefined;
    tombstones: Storage;
    bin: string;
    scratch: string;
    identities: readonly string[];
    signal: AbortSignal;
    say: (sentence: string) => void;
  };
  /** Backs up what is there, before it is changed; once, however often it is asked to. */
  backUpFirst: () => Promise<void>;
}

/** Works with an installation that something is to be brought back into. */
export async function withLiving<T>(
  { context, folder, tools, place }: Omit<RestoreAbout, 'options'>,
  {
    storage,
    identity,
    onStep = context.say,
  }: { storage?: string; identity?: string; onStep?: (doing: string) => void },
  signal: AbortSignal,
  work: (living: Living) => Promise<T>,
): Promise<T> {
  const { settings, store } = place;
  const identities = await readIdentities(identity ?? settings.BACKUP_IDENTITY_FILE);
  return withDatabase(context, folder, tools, async ({ databaseUrl, storageUrl }) => {
    const mediaUrl = storage ?? storageUrl ?? ownStorage(folder);
    const media = openMedia(settings, mediaUrl);
    const copies = openCopies(place, mediaUrl);
    const common = { databaseUrl, media, bin: tools.postgresBin, scratch: folder.restored, signal };
    let isBackedUp = false;
    const backUpFirst = async (): Promise<void> => {
      if (isBackedUp) return;
      onStep('First, backing up what is there …');
      const recipients = settings.BACKUP_RECIPIENTS;
      const safety = { store, identities: [], recipients, product: context.version, say: context.say };
      const made = await makeBackup({ ...common, ...safety }, 'restore');
      for (const line of [...toldOf(made), ...made.complaints.map(({ message }) => message)]) context.say(line);
      isBackedUp = true;
    };
    try {
      return await work({ engine: { ...common, say: onStep, copies, tombstones: store, identities }, backUpFirst });
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
