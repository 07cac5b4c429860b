import { archiveStatus, findBackup, writeDrill } from '@transcode/backup';
import { findTools } from '@transcode/servers';
import { holdDrill } from '../backups/hold-drill.ts';
import { withBackupPlace } from '../backups/place.ts';
import { listDrills, tellDrill } from '../backups/tell-drill.ts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { stopSignals } from '../stop-signals.ts';
import type { Context } from '../context.ts';

export interface DrillOptions {
  data: string;
  store?: string;
  storage?: string;
  identity?: string;
  list?: boolean;
  /** Hears what is done just now; by default it is said. */
  onStep?: (doing: string) => void;
}

/**
 * Rehearses the loss of everything: restores the newest backup into a folder of its own, starts the product on it and plays a video. What
 * it took is printed and kept beside the backups. The real objects are only read, and the installation is left alone.
 */
export async function drill(context: Context, options: DrillOptions): Promise<number> {
  if (options.list === true) {
    await withBackupPlace(context, dataFolderAt(options.data), options.store, (place) => listDrills(context, place));
    return 0;
  }
  const stop = stopSignals(() => context.say('Stopping …'));
  try {
    return await rehearseLoss(context, options, stop.signal);
  } finally {
    stop.dispose();
  }
}

/** Holds one and tells of it. */
export async function rehearseLoss(context: Context, options: DrillOptions, signal: AbortSignal): Promise<number> {
  const folder = dataFolderAt(options.data);
  const tools = await findTools({ root: context.root, env: context.env });
  return withBackupPlace(context, folder, options.store, async (place) => {
    const backup = await findBackup(place.store);
    const newest = (await archiveStatus(place.store)).newest?.getTime();
    const archive =
      newest === undefined ? {} : { archiveSeconds: Math.max(0, Math.round((Date.now() - newest) / 1_000)) };
    const held = { ...(await holdDrill({ context, folder, tools, options, place, backup }, signal)), ...archive };
    await writeDrill(place.store, held);
    return tellDrill(context, held);
  });
}
