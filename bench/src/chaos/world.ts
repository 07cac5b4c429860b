import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiKey } from '@transcode/api/local';
import { createDatabase, migrate, type Database } from '@transcode/db';
import { findTools, type ToolPaths } from '@transcode/servers';
import { openNamedStorage, type Storage } from '@transcode/storage';
import type { Random } from '@transcode/testing/random';
import { Redis } from 'ioredis';
import { addChaosPreset } from './clips.ts';
import { openCutLine, type CutLine } from './cut-line.ts';
import { FfmpegWatch } from './ffmpeg-watch.ts';
import { installJournal } from './journal.ts';
import { startApis, startWorkers } from './processes.ts';
import { openScratchVolume, type ScratchVolume } from './scratch-volume.ts';
import { startServers, type Servers } from './servers.ts';
import type { Supervised } from './supervised.ts';

export interface WorldOptions {
  readonly root: string;
  readonly storage: 's3' | 'files';
  readonly apis: number;
  readonly workers: number;
  /** Segments a chunk, so that short videos have several. */
  readonly chunkSegments: number;
  readonly random: Random;
  /** Writes into a folder what its workers run in the place of ffmpeg, and returns its path. */
  readonly insteadOfFfmpeg?: ((ffmpeg: string, folder: string) => Promise<string>) | undefined;
}

/** A whole installation of real processes, every one of which may die. */
export interface World {
  readonly folder: string;
  readonly tools: ToolPaths;
  readonly servers: Servers;
  readonly apis: readonly Supervised[];
  readonly workers: readonly Supervised[];
  /** One in front of each API. */
  readonly lines: readonly CutLine[];
  /** One a worker. */
  readonly scratch: readonly ScratchVolume[];
  readonly ffmpegs: FfmpegWatch;
  /** The tool's own eyes: they see what the processes see, and are not struck. */
  readonly db: Database;
  readonly storage: Storage;
  readonly redis: Redis;
  readonly key: string;
  /** Asks our processes to stop and tells which did not end with 0. */
  stopProcesses(): Promise<string[]>;
  /** Stops all there is. */
  dispose(): Promise<void>;
  /** Removes what is left on disk. */
  remove(): Promise<void>;
}

const START_MS = 60_000;

export async function startWorld({
  root,
  storage,
  apis,
  workers,
  chunkSegments,
  random,
  insteadOfFfmpeg = (ffmpeg) => Promise.resolve(ffmpeg),
}: WorldOptions): Promise<World> {
  const tools = await findTools({ root, env: { PATH: process.env['PATH'] } });
  const folder = await mkdtemp(path.join(tmpdir(), 'transcode-chaos-'));
  const logs = path.join(folder, 'logs');
  await mkdir(logs);
  const undo: (() => Promise<unknown>)[] = [];
  const dispose = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const servers = await startServers(tools, folder, storage);
    undo.push(() => servers.stop());
    await migrate(servers.env.DATABASE_URL);
    const db = createDatabase(servers.env.DATABASE_URL, { poolSize: 4 });
    undo.push(() => db.$disconnect());
    await installJournal(db);
    const { key } = await createApiKey(db, { name: 'chaos', role: 'editor' });
    await addChaosPreset(db);
    const objects = openNamedStorage(servers.env);
    undo.push(() => objects.close());
    const redis = connect(servers.env.REDIS_URL);
    undo.push(() => Promise.resolve(redis.disconnect()));

    const volumes: ScratchVolume[] = [];
    for (let index = 1; index <= workers; index += 1) {
      const volume = await openScratchVolume(path.join(folder, `scratch-${index}`));
      undo.push(() => volume.unmount());
      volumes.push(volume);
    }
    const ffmpeg = await insteadOfFfmpeg(tools.ffmpeg, folder);
    const site = { root, logs, tools: { ...tools, ffmpeg }, env: servers.env, random };
    const replicas = await startApis(site, apis);
    const workerProcesses = await startWorkers(
      site,
      volumes.map((volume) => volume.folder),
      chunkSegments,
    );
    const processes = [...workerProcesses, ...replicas.map((replica) => replica.process)];
    undo.push(() => Promise.all(processes.map((each) => each.stop())));
    const lines = await Promise.all(replicas.map(({ port }) => openCutLine(port)));
    undo.push(() => Promise.all(lines.map((line) => line.close())));
    const ffmpegs = new FfmpegWatch(workerProcesses);
    undo.push(() => Promise.resolve(ffmpegs.stop()));
    await demandReady(processes);

    return {
      ...{ folder, tools, servers, lines, scratch: volumes, ffmpegs, db, storage: objects, redis, key, dispose },
      apis: replicas.map((replica) => replica.process),
      workers: workerProcesses,
      stopProcesses: async () => (await Promise.all(processes.map(badEnd))).flat(),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** It waits while Redis is away, as do those whom it watches. */
function connect(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 200 });
  redis.on('error', () => undefined);
  return redis;
}

async function demandReady(processes: readonly Supervised[]): Promise<void> {
  const ready = await Promise.all(processes.map((each) => each.ready(START_MS)));
  const late = processes.filter((_, index) => ready[index] !== true).map(({ name }) => name);
  if (late.length > 0) throw new Error(`${late.join(', ')} did not start.`);
}

async function badEnd(each: Supervised): Promise<string[]> {
  const end = await each.stop();
  return end.code === 0 ? [] : [`${each.name} was asked to stop and ended with ${end.signal ?? end.code}`];
}
