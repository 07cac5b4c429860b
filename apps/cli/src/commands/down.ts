import { setTimeout as sleep } from 'node:timers/promises';
import { DRAIN_DEADLINE_MS } from '@transcode/contracts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { endOrphans } from '../data-folder/end-orphans.ts';
import { isAlive, signal } from '../data-folder/process-identity.ts';
import { readState, removeState } from '../data-folder/state.ts';
import type { Context } from '../context.ts';

const PATIENCE_MS = DRAIN_DEADLINE_MS + 35_000;

/** Stops what runs on the data folder, and what a killed supervisor may have left there. */
export async function down(context: Context, options: { data: string }): Promise<number> {
  const folder = dataFolderAt(options.data);
  const state = await readState(folder.state);
  if (state === undefined) {
    context.print(`Transcode is not running on ${folder.path}.`);
    return 0;
  }
  await signal(state.supervisor, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while ((await isAlive(state.supervisor)) && Date.now() < deadline) await sleep(50);
  if (await isAlive(state.supervisor)) {
    context.say('It does not end by itself and is killed.');
    await signal(state.supervisor, 'SIGKILL');
  }
  const left = await readState(folder.state);
  if (left !== undefined) {
    await endOrphans(left);
    await removeState(folder.state);
  }
  context.print('Stopped.');
  return 0;
}
