import { constants } from 'node:fs';
import { access, chmod, chown, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isErrnoException } from './errno.ts';
import { launch, ServerStartError } from './server-process.ts';
import type { SystemUser } from './unprivileged-user.ts';

interface InitialiseOptions {
  bin: string;
  dataDir: string;
  password: string;
  user: SystemUser | undefined;
  log: ((line: string) => void) | undefined;
}

/** Runs initdb unless it was run. It works in a folder beside, which becomes the data folder once it is whole. */
export async function initialisePostgres({ bin, dataDir, password, user, log }: InitialiseOptions): Promise<void> {
  if (await exists(join(dataDir, 'PG_VERSION'))) return;
  if ((await readdir(dataDir)).length > 0) {
    throw new ServerStartError(`Postgres cannot use ${dataDir}: it holds files that are not a Postgres data folder.`);
  }
  const draft = join(dirname(dataDir), `.${basename(dataDir)}.new-${process.pid}`);
  const passwordPath = `${draft}.password`;
  await rm(draft, { recursive: true, force: true });
  await rm(passwordPath, { force: true });
  try {
    await mkdir(draft, { mode: 0o700 });
    await chmod(draft, 0o700);
    await writeFile(passwordPath, password, { mode: 0o600, flag: 'wx' });
    await chmod(passwordPath, 0o600);
    if (user !== undefined) {
      await chown(draft, user.uid, user.gid);
      await chown(passwordPath, user.uid, user.gid);
    }
    await runInitdb({ bin, draft, passwordPath, user, log });
    await rename(draft, dataDir);
  } finally {
    await rm(passwordPath, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

async function runInitdb(options: {
  bin: string;
  draft: string;
  passwordPath: string;
  user: SystemUser | undefined;
  log: ((line: string) => void) | undefined;
}): Promise<void> {
  const { user } = options;
  const directory = await open(options.draft, constants.O_RDONLY | constants.O_DIRECTORY);
  const passwordFile = await open(options.passwordPath, 'r');
  try {
    const initdb = await launch({
      name: 'initdb',
      command: join(options.bin, 'initdb'),
      args: [
        `--pgdata=${user === undefined ? options.draft : '/proc/self/fd/3'}`,
        `--pwfile=${user === undefined ? options.passwordPath : '/proc/self/fd/4'}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Letters beyond ASCII have upper and lower case in this one; not every system has it under this name.
        `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`,
      ],
      cwd: '/',
      ending: [['SIGTERM', 5_000]],
      descriptors: [directory.fd, passwordFile.fd],
      log: options.log,
      ...user,
    });
    const { code, signal, tail } = await initdb.exited;
    if (code !== 0) {
      throw new ServerStartError(`Postgres could not make its data folder (initdb: ${signal ?? code}). ${tail}`, {
        tail,
      });
    }
  } finally {
    await passwordFile.close();
    await directory.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isErrnoException(error) && error.code === 'ENOENT') return false;
    throw error;
  }
}
