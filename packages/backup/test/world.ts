import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jobFolder, sourceKey } from '@transcode/contracts';
import { createDatabase, createJob, type Database } from '@transcode/db';
import { openStorage, type Storage } from '@transcode/storage';
import { startStack, type Stack } from '@transcode/testing';
import type { Engine } from '../src/index.ts';
import { binWith } from './bin-with.ts';

export interface World {
  stack: Stack;
  db: Database;
  media: Storage;
  /** A new place for backups, on files or in the bucket. */
  newStore(kind?: 'files' | 's3'): Storage;
  /** All that the engine needs, with a store of its own unless one is given. */
  engine(change?: Partial<Engine>): Engine & { tombstones: Storage };
  /** A video that is ready, with its objects. */
  addVideo(title: string): Promise<{ id: string; keys: string[] }>;
  /** A folder of Postgres' programs, of which one is a script that has the real one as `$real`. */
  binWith(name: string, script: string): Promise<string>;
  dispose(): Promise<void>;
}

/** A real database with rows, and a real storage with the objects that they name. */
export async function startWorld({ s3 = false } = {}): Promise<World> {
  const bins: string[] = [];
  const stack = await startStack({ s3 });
  const db = createDatabase(stack.databaseUrl, { poolSize: 4 });
  const s3Options = stack.s3 === undefined ? {} : { s3: { ...stack.s3, forcePathStyle: true } };
  const media = openStorage(stack.storageUrl, s3Options);
  const workspace = await db.workspace.create({ data: { name: 'Ours' } });
  const newStore = (kind: 'files' | 's3' = 'files'): Storage => {
    const name = `backups-${crypto.randomUUID()}`;
    if (kind === 'files') return openStorage(pathToFileURL(join(stack.folder, name)).href, { reserveBytes: 0 });
    return openStorage(`s3://${stack.s3?.bucket ?? ''}/${name}`, s3Options);
  };
  return {
    ...{ stack, db, media, newStore },
    engine: ({ store = newStore(), ...change } = {}) => ({
      ...{ store, tombstones: store, media, databaseUrl: stack.databaseUrl, bin: stack.tools.postgresBin },
      ...{ scratch: join(stack.folder, 'backup-scratch'), recipients: [], identities: [], product: '0.1.0' },
      ...change,
    }),
    addVideo: async (title) => {
      const uploadId = crypto.randomUUID();
      const source = sourceKey({ workspaceId: workspace.id, uploadId });
      const upload = { id: uploadId, workspaceId: workspace.id, fileName: 'a.mp4', size: 3n, offset: 3n, key: source };
      await db.upload.create({ data: { ...upload, state: 'complete', expiresAt: new Date() } });
      const video = await db.video.create({
        data: {
          ...{ workspaceId: workspace.id, title, fileName: 'a.mp4', uploadId, sourceKey: source, sourceBytes: 3n },
          ...{ preset: 'web', state: 'ready' },
        },
      });
      const { job } = await db.$transaction((tx) => createJob(tx, { video, preset: 'web', priority: 'normal' }));
      const key = `${jobFolder({ id: job.id, workspaceId: workspace.id, videoId: video.id })}package/0-1/master.m3u8`;
      const files = [{ name: 'master.m3u8', key, bytes: 4, contentType: 'application/vnd.apple.mpegurl' }];
      await db.job.update({ where: { id: job.id }, data: { state: 'completed', published: { files } } });
      await db.video.update({ where: { id: video.id }, data: { publishedJobId: job.id } });
      await media.put(source, Buffer.from('abc'));
      await media.put(key, Buffer.from('#M3U'));
      return { id: video.id, keys: [source, key] };
    },
    binWith: async (name, script) => {
      const bin = await binWith(stack.tools.postgresBin, name, script);
      bins.push(bin);
      return bin;
    },
    dispose: async () => {
      for (const bin of bins) await rm(bin, { recursive: true, force: true });
      await db.$disconnect();
      await media.close();
      await stack.dispose();
    },
  };
}
