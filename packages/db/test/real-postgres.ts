import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTools, startPostgres } from '@transcode/servers';
import { createDatabase, createJob, migrate, type Database, type ReadyTask, type Video } from '../src/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface RealPostgres {
  readonly url: string;
  readonly db: Database;
  /** A video of a workspace of its own, with a job that has begun. */
  begin(): Promise<{ video: Video; jobId: string; released: ReadyTask[] }>;
  stop(): Promise<void>;
}

/** A real, empty, migrated database. */
export async function realPostgres(): Promise<RealPostgres> {
  const tools = await findTools({ root: ROOT, env: { PATH: SEARCH_PATH } });
  const folder = await mkdtemp(path.join(tmpdir(), 'transcode-db-'));
  const server = await startPostgres({
    bin: tools.postgresBin,
    dataDir: path.join(folder, 'postgres'),
    password: randomBytes(12).toString('base64url'),
  });
  await migrate(server.url);
  const db = createDatabase(server.url, { poolSize: 20 });
  return {
    url: server.url,
    db,
    begin: async () => {
      const workspace = await db.workspace.create({ data: { name: crypto.randomUUID() } });
      const video = await db.video.create({
        data: {
          workspaceId: workspace.id,
          title: 'A video',
          fileName: 'a.mp4',
          sourceKey: 'source',
          sourceBytes: 1n,
          preset: 'web',
        },
      });
      const { job, released } = await db.$transaction((tx) =>
        createJob(tx, { video, preset: 'web', priority: 'normal' }),
      );
      return { video, jobId: job.id, released };
    },
    stop: async () => {
      await db.$disconnect();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
