import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { createDatabase, createJob, type Database, type ReadyTask, type Video } from '../src/index.ts';

export interface RealPostgres {
  readonly url: string;
  readonly db: Database;
  /** A video of a workspace of its own, with a job that has begun. */
  begin(): Promise<{ video: Video; jobId: string; released: ReadyTask[] }>;
  stop(): Promise<void>;
}

/** A real, empty, migrated database of its own, at the server of all tests. */
export async function realPostgres(): Promise<RealPostgres> {
  const url = await copyOf(inject('templateUrl'));
  const db = createDatabase(url, { poolSize: 20 });
  return {
    url,
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
    stop: () => db.$disconnect(),
  };
}

async function copyOf(templateUrl: string): Promise<string> {
  const url = new URL(templateUrl);
  const template = url.pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  url.pathname = `/${name}`;
  return url.href;
}
