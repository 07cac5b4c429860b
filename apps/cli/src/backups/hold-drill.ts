import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { restoreDatabase, timeDrill, type Backup, type Drill, type Step } from '@transcode/backup';
import { dataFolderAt, ownStorage, type DataFolder } from '../data-folder/data-folder.ts';
import { readLiveState } from '../data-folder/state.ts';
import { sentenceOf } from '../refusal.ts';
import { startInstallation } from '../supervisor/installation.ts';
import { copyVideo } from './copy-video.ts';
import { openMedia, readIdentities, type BackupPlace } from './place.ts';
import { playVideo } from './play-video.ts';
import { withOwnPostgres } from './with-database.ts';
import type { ToolPaths } from '@transcode/servers';
import type { Context } from '../context.ts';
import type { InstallationPlan } from '../supervisor/plan.ts';

/** All that plays a video; nobody works there. */
const PLAN: InstallationPlan = {
  ...{ host: '127.0.0.1', port: undefined, workers: 0, storage: undefined, withConsole: false, mode: 'encode' },
  ...{ monitoring: undefined, backup: false },
};

export interface DrillWork {
  context: Context;
  folder: DataFolder;
  tools: ToolPaths;
  options: { storage?: string; identity?: string; onStep?: (doing: string) => void };
  place: BackupPlace;
  backup: Backup;
}

/** A drill that was broken off is none; one that failed is. */
export async function holdDrill(work: DrillWork, signal: AbortSignal): Promise<Drill> {
  const { context, folder, backup, options } = work;
  await mkdir(folder.restored, { recursive: true, mode: 0o700 });
  const scratch = dataFolderAt(await mkdtemp(join(folder.restored, `restored-${process.pid}-`)));
  const about = { backup, product: context.version, onStep: options.onStep ?? context.say, told: sentenceOf, signal };
  try {
    return await timeDrill(about, async (step) => {
      const video = await rehearse(work, scratch, step, signal);
      return video === undefined ? {} : { video };
    });
  } finally {
    await rm(scratch.path, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Returns the video that was played. */
async function rehearse(
  work: DrillWork,
  scratch: DataFolder,
  step: Step,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { context, folder, tools, options, place, backup } = work;
  const { settings, store } = place;
  const identities = await readIdentities(options.identity ?? settings.BACKUP_IDENTITY_FILE);
  const storage = options.storage ?? (await readLiveState(folder.state))?.storage ?? ownStorage(folder);
  const [real, copied] = [openMedia(settings, storage), openMedia(settings, ownStorage(scratch))];
  try {
    const video = await step('restore', `Restoring ${backup.id} into a folder of its own …`, () =>
      withOwnPostgres(context, scratch, tools, async (databaseUrl) => {
        const engine = { store, tombstones: store, databaseUrl, bin: tools.postgresBin, identities, signal };
        await restoreDatabase(engine, backup);
        return copyVideo(databaseUrl, real, copied);
      }),
    );
    const installation = await step('start', 'Starting the product on it …', () =>
      startInstallation(context, scratch, PLAN, signal),
    );
    try {
      if (video === undefined) return undefined;
      const { url } = installation;
      await step('play', `Playing the video ${video.id} …`, () =>
        playVideo(scratch, { url, ffmpeg: tools.ffmpeg, videoId: video.id, signal }),
      );
      return video.id;
    } finally {
      await installation.stop();
    }
  } finally {
    await Promise.all([real.close(), copied.close()]);
  }
}
