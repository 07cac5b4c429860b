import { findBackup, readDrills, writeDrill, type Drill } from '@transcode/backup';
import { findTools } from '@transcode/servers';
import { holdDrill } from '../backups/hold-drill.ts';
import { secondsInWords } from '../backups/in-words.ts';
import { withBackupPlace } from '../backups/place.ts';
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
  if (options.list === true) return listDrills(context, options);
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
    const held = await holdDrill({ context, folder, tools, options, place, backup }, signal);
    await writeDrill(place.store, held);
    tell(context, held);
    return held.result === 'good' ? 0 : 1;
  });
}

function tell({ print, say }: Context, held: Drill): void {
  if (held.result === 'good') {
    print(
      held.video === undefined
        ? `Good: ${held.backup}, in which no video is ready to be played.`
        : `Good: ${held.backup}, and a video plays.`,
    );
  } else say(`transcode: The drill with ${held.backup} failed: ${held.reason ?? 'unknown'}.`);
  print(
    `RTO ${secondsInWords(held.rtoSeconds)}: from nothing to ${held.result === 'good' ? 'a product that works' : 'the failure'}.`,
  );
  print(`RPO ${secondsInWords(held.rpoSeconds)}: what was written since that backup would be lost.`);
}

async function listDrills(context: Context, { data, store: given }: DrillOptions): Promise<number> {
  return withBackupPlace(context, dataFolderAt(data), given, async ({ store, url }) => {
    const drills = await readDrills(store);
    for (const { at, backup, rtoSeconds, rpoSeconds, result, reason } of drills) {
      const times = `RTO ${secondsInWords(rtoSeconds).padStart(7)}  RPO ${secondsInWords(rpoSeconds).padStart(7)}`;
      const how = reason === undefined ? result : `${result}: ${reason}`;
      context.print(`${at.slice(0, 16).replace('T', ' ')}  ${backup}  ${times}  ${how}`);
    }
    if (drills.length === 0) context.say(`There were no drills with ${url}.`);
    return 0;
  });
}
