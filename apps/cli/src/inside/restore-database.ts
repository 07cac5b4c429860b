import { findBackup } from '@transcode/backup';
import { readSettings } from '@transcode/contracts/settings';
import { findServers } from '@transcode/servers';
import { bringBack, demandReplace, ofBackup, tellPlan } from '../backups/bring-back.ts';
import { listBackups } from '../backups/make-and-tell.ts';
import { readIdentities } from '../backups/place.ts';
import { untilStopped } from './back-up.ts';
import { settingsIn, withNamedStore } from './named-store.ts';
import type { Context } from '../context.ts';

export interface NamedRestoreOptions {
  dryRun?: boolean;
  replace?: boolean;
  discard?: boolean;
}

/** Restores the database that the environment names from the newest backup that counts, or from the one of that id. */
export async function restoreNamed(
  context: Context,
  id: string | undefined,
  { dryRun = false, replace = false, discard = false }: NamedRestoreOptions,
): Promise<number> {
  demandReplace({ discard, replace });
  const { DATABASE_URL, STORAGE_URL, SCRATCH_DIR } = settingsIn(context, (env) => readSettings('postgres-backup', env));
  const { postgresBin } = await findServers(context);
  return untilStopped(context, (signal) =>
    withNamedStore(context, SCRATCH_DIR, async (place) => {
      if (dryRun) await listBackups(context, place);
      const source = ofBackup(place.store, await findBackup(place.store, id));
      if (dryRun) {
        await tellPlan(context, place, source, DATABASE_URL);
        return 0;
      }
      return bringBack(context, place, source, {
        ...{ databaseUrl: DATABASE_URL, storageUrl: STORAGE_URL, bin: postgresBin, scratch: SCRATCH_DIR },
        ...{ identities: await readIdentities(place.settings.BACKUP_IDENTITY_FILE), replace, discard, signal },
        refusal:
          'There are rows in the database, and a restore would replace them. --replace (restore.replace in the chart) does so, after a backup of what is there; --dry-run says what would change.',
        remedy: 'Put them back.',
      });
    }),
  );
}
