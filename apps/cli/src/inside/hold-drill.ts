import { findBackup, rehearse, timeDrill, writeDrill } from '@transcode/backup';
import { readSettings } from '@transcode/contracts/settings';
import { findServers } from '@transcode/servers';
import { openMedia, readIdentities } from '../backups/place.ts';
import { listDrills, tellDrill } from '../backups/tell-drill.ts';
import { sentenceOf } from '../refusal.ts';
import { untilStopped } from './back-up.ts';
import { settingsIn, withNamedStore } from './named-store.ts';
import type { Context } from '../context.ts';

/**
 * Rehearses the loss of everything as far as a pod can: nothing is started on what is restored, and no picture is decoded. Knows no database
 * but its own. What it took is printed and kept beside the backups.
 */
export async function holdNamedDrill(context: Context): Promise<number> {
  const { STORAGE_URL, SCRATCH_DIR: scratch } = settingsIn(context, (env) => readSettings('drill', env));
  const { postgresBin: bin } = await findServers(context);
  return untilStopped(context, (signal) =>
    withNamedStore(context, scratch, async ({ settings, store }) => {
      const backup = await findBackup(store);
      const identities = await readIdentities(settings.BACKUP_IDENTITY_FILE);
      const media = openMedia(settings, STORAGE_URL);
      try {
        const about = { backup, product: context.version, onStep: context.say, told: sentenceOf, signal };
        const engine = { store, tombstones: store, media, identities, bin, scratch, signal };
        const held = await timeDrill(about, (step) => rehearse(engine, backup, step));
        await writeDrill(store, held);
        return tellDrill(context, held);
      } finally {
        await media.close();
      }
    }),
  );
}

/** Tells which there were, of either kind. */
export async function listNamedDrills(context: Context): Promise<number> {
  await withNamedStore(context, '/', (place) => listDrills(context, place));
  return 0;
}
