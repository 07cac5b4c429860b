import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@transcode/servers';
import { demandRoom, diskRoom } from '@transcode/storage';

/** What is in it need not survive anything, and nobody else uses it. */
export const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '20',
  shared_buffers: '64MB',
  maintenance_work_mem: '128MB',
};
/** Rows, their indexes again, and the log of writing them. */
const ROOM = 2;

/** Runs something with an empty Postgres of its own, which is gone afterwards. Refuses where so many bytes of rows have no room. */
export async function withScratchPostgres<T>(
  { bin, folder, bytes }: { bin: string; folder: string; bytes: number },
  work: (url: string) => Promise<T>,
): Promise<T> {
  return withScratchFolder({ folder, bytes: bytes * ROOM }, async (own) => {
    const password = randomBytes(24).toString('base64url');
    const server = await startPostgres({ bin, dataDir: join(own, 'postgres'), password, settings: SETTINGS });
    try {
      return await work(server.url);
    } finally {
      await server.stop();
    }
  });
}

/** A folder that is gone afterwards, whatever happens. Refused where so many bytes have no room. */
export async function withScratchFolder<T>(
  { folder, bytes }: { folder: string; bytes: number },
  work: (own: string) => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeLeft(folder);
  demandRoom('the scratch folder of backups', await diskRoom(folder), bytes);
  const own = await mkdtemp(join(folder, `restored-${process.pid}-`));
  try {
    return await work(own);
  } finally {
    await rm(own, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a process that was killed had restored: its Postgres ended with it. */
async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(/^restored-(\d+)-/.exec(name)?.[1] ?? process.pid);
    if (!isRunning(pid)) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
