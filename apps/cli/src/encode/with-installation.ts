import { setTimeout as sleep } from 'node:timers/promises';
import { openDataFolder, type DataFolder } from '../data-folder/data-folder.ts';
import { readLiveState } from '../data-folder/state.ts';
import { Refusal } from '../refusal.ts';
import { AlreadyRunning, startInstallation } from '../supervisor/installation.ts';
import { registerClient, untilAlone } from './clients.ts';
import type { Context } from '../context.ts';
import type { InstallationPlan } from '../supervisor/plan.ts';

const PLAN: InstallationPlan = {
  host: '127.0.0.1',
  port: undefined,
  workers: 1,
  storage: undefined,
  withConsole: false,
  mode: 'encode',
  monitoring: undefined,
  backup: true,
};
/** As long as another process may take to start or stop on the same folder. */
const PATIENCE_MS = 120_000;
const POLL_MS = 200;

interface Site {
  url: string;
  /** It was running before, and goes on running. */
  lasting: boolean;
}

/** Works with the installation on the folder: the one that runs, or else one that is started for this and stopped again. */
export async function withInstallation<T>(
  context: Context,
  folder: DataFolder,
  signal: AbortSignal,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  await openDataFolder(folder);
  const unregister = await registerClient(folder);
  try {
    for (
      const deadline = Date.now() + PATIENCE_MS;
      Date.now() < deadline;
      await sleep(POLL_MS, undefined, { signal })
    ) {
      const state = await readLiveState(folder.state);
      if (state?.phase === 'running') return await work({ url: state.url, lasting: state.mode === 'up' });
      if (state !== undefined) continue;
      try {
        return await withOwnInstallation(context, folder, signal, work);
      } catch (error) {
        // Somebody was faster; theirs will do.
        if (!(error instanceof AlreadyRunning)) throw error;
      }
    }
    throw new Refusal(
      `Another ./transcode has been starting or stopping on ${folder.path} for too long. ./transcode down ends it.`,
    );
  } finally {
    await unregister();
  }
}

async function withOwnInstallation<T>(
  context: Context,
  folder: DataFolder,
  signal: AbortSignal,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const installation = await startInstallation(context, folder, PLAN, signal);
  try {
    const result = await work({ url: installation.url, lasting: false });
    await untilAlone(folder, signal, () => context.say('Another encode works with this installation; waiting for it.'));
    return result;
  } finally {
    await installation.stop();
  }
}
