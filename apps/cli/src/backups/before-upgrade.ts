import { makeBackup } from '@transcode/backup';
import { pendingMigrations } from '@transcode/db';
import { ownStorage } from '../data-folder/data-folder.ts';
import { explain, Refusal } from '../refusal.ts';
import { databaseUrl, type Site } from '../supervisor/services.ts';
import { counted, toldOf } from './in-words.ts';
import { namesOfSettings, openMedia, withBackupPlace } from './place.ts';
import type { Context } from '../context.ts';

/**
 * Makes a backup where this version is about to change the database. As a backup counts only once it was restored and migrated, the
 * upgrade has been tried on a copy by then.
 */
export async function backUpBeforeUpgrade(context: Context, site: Site, signal: AbortSignal): Promise<void> {
  const { folder, plan, ports, tools } = site;
  const url = databaseUrl(site, ports.postgres);
  const pending = await pendingMigrations(url);
  if (pending.length === 0) return;
  context.say(`This version changes the database (${counted(pending.length, 'migration')}). First, a backup of it.`);
  try {
    const made = await withBackupPlace(context, folder, undefined, async ({ settings, store }) => {
      const media = openMedia(settings, plan.storage ?? ownStorage(folder));
      try {
        return await makeBackup(
          {
            ...{ store, media, databaseUrl: url, bin: tools.postgresBin, scratch: folder.restored, signal },
            ...{ recipients: settings.BACKUP_RECIPIENTS, identities: [], product: context.version },
            settings: namesOfSettings(context.env),
          },
          'upgrade',
        );
      } finally {
        await media.close();
      }
    });
    for (const line of toldOf(made)) context.say(line);
    for (const { message } of made.complaints) context.say(message);
  } catch (cause) {
    signal.throwIfAborted();
    const reason = explain(cause)?.sentence ?? String(cause);
    throw new Refusal(
      `This version changes the database, and there is no backup from before. ${reason} Mend that, or start with --no-backup.`,
      { cause },
    );
  }
}
