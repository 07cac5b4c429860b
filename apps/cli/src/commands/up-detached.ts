import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt, openDataFolder } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import type { Context } from '../context.ts';

/** Starts `up` in the background and returns when it is up, with its answer; or with its sentence when it could not be. */
export async function upDetached(context: Context, data: string, args: readonly string[]): Promise<number> {
  const folder = dataFolderAt(data);
  await openDataFolder(folder);
  const path = join(folder.logs, 'up.log');
  const log = openSync(path, 'a', 0o600);
  const child = spawn(process.execPath, [join(context.root, 'apps/cli/src/main.ts'), ...args], {
    cwd: context.root,
    env: { ...context.env, TRANSCODE_DETACHED: 'true' },
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('message', (line) => {
      if (typeof line === 'string') context.print(line);
      else resolve(0);
    });
    // One that ends before it has said that it is up has told why.
    child.once('exit', (exit) => resolve(exit === null || exit === 0 ? 1 : exit));
    child.once('error', (cause) => reject(new Refusal(`It could not be started: ${cause.message}.`, { cause })));
  });
  child.unref();
  if (code === 0)
    context.say(`It runs in the background. ./transcode status tells how it is, ./transcode down stops it.`);
  return code;
}
