import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Plan, Probe, PublishedFolder, type Stage } from '@transcode/contracts';
import { createDatabase, createJob, type Database, type Job, type Task } from '@transcode/db';
import { CHUNK_LENGTHS, type ChunkLengths } from '@transcode/planner';
import { createEvents, createQueues } from '@transcode/queue';
import { openStorage, type Storage } from '@transcode/storage';
import { createLogger, type Logger } from '@transcode/telemetry';
import type { Stack } from '@transcode/testing';
import { inject } from 'vitest';
import { ffmpegBuild } from '../src/ffmpeg/ffmpeg-build.ts';
import type { FinishedChunks } from '../src/packager/assemble.ts';
import { finishedChunks } from '../src/published/finished-chunks.ts';
import { runTask, type TaskRunner } from '../src/run-task.ts';

/** A video that has come some way. */
export interface Work {
  readonly jobId: string;
  readonly videoId: string;
  readonly sourceKey: string;
}

/** Where a published video is, and what the database knows of it. */
export interface PublishedWork {
  readonly probe: Probe;
  readonly plan: Plan;
  readonly published: PublishedFolder;
  readonly chunks: FinishedChunks;
  readonly sourceKey: string;
}

/** A worker without its queue consumers: the tests hand it one task after another. */
export interface Workshop {
  readonly db: Database;
  readonly storage: Storage;
  /** The folder behind the storage. */
  readonly folder: string;
  readonly runner: TaskRunner;
  /** Puts a file into storage and begins its journey. */
  begin(file: string, preset?: string): Promise<Work>;
  /** Begins the journey once more, as a person does who presses Retry. */
  retry(work: Work, preset?: string): Promise<Work>;
  /** The row of a stage's task. */
  task(work: Work, stage: Stage, index?: number): Promise<Task>;
  /** Puts a stage's task into the queue. */
  deliver(work: Work, stage: Stage): Promise<void>;
  /** The id of a task of this stage that is queued. */
  queued(work: Work, stage: Stage, index?: number): Promise<string>;
  /** Does the work of one stage, all its tasks; throws what a task of it failed with. */
  run(work: Work, ...stages: readonly Stage[]): Promise<void>;
  published(work: Work): Promise<PublishedWork>;
  dispose(): Promise<void>;
}

export const TO_ENCODED = ['probe', 'plan', 'encode', 'audio'] as const;
export const TO_PACKAGED = [...TO_ENCODED, 'package'] as const;

interface WorkshopOptions {
  readonly ffmpeg?: string;
  readonly chunkLengths?: ChunkLengths;
  /** Servers of its own, which may be stopped; then objects are where its storage is. */
  readonly stack?: Stack;
  readonly log?: Logger;
  readonly storagePatienceMs?: number;
}

export async function openWorkshop({ stack, ...options }: WorkshopOptions = {}): Promise<Workshop> {
  const servers = { ...inject('servers'), ...stack };
  const folder = await mkdtemp(path.join(servers.folder, 'workshop-'));
  const ffmpeg = options.ffmpeg ?? servers.ffmpeg;
  const db = createDatabase(servers.databaseUrl, { poolSize: 5 });
  const s3 = stack?.s3 === undefined ? {} : { s3: stack.s3 };
  const storage = openStorage(stack?.storageUrl ?? pathToFileURL(folder).href, s3);
  const queues = createQueues({ redisUrl: servers.redisUrl });
  const events = createEvents({ redisUrl: servers.redisUrl });
  const scratch = await mkdtemp(path.join(servers.folder, 'scratch-'));
  const log = options.log ?? createLogger({ name: 'worker', level: 'silent' });
  const runner: TaskRunner = {
    ...{ workerId: `test-${crypto.randomUUID()}`, db, queues, events, storage, scratch, log },
    chunkLengths: options.chunkLengths ?? CHUNK_LENGTHS,
    ...(options.storagePatienceMs === undefined ? {} : { storagePatienceMs: options.storagePatienceMs }),
    tools: { ffmpeg, ffprobe: servers.ffprobe, build: await ffmpegBuild(ffmpeg) },
  };
  const never = new AbortController().signal;

  const jobOf = ({ jobId }: Work): Promise<Job> => db.job.findUniqueOrThrow({ where: { id: jobId } });
  const workshop: Workshop = {
    ...{ db, storage, folder, runner },
    async begin(file, preset = 'web') {
      const workspace = await db.workspace.create({ data: { name: crypto.randomUUID() } });
      const sourceKey = `w/${workspace.id}/u/source`;
      const { size } = await stat(file);
      await storage.put(sourceKey, createReadStream(file), { bytes: size });
      const video = await db.video.create({
        data: {
          ...{ workspaceId: workspace.id, title: 'A video', fileName: path.basename(file) },
          ...{ sourceKey, sourceBytes: BigInt(size), preset },
        },
      });
      const { job } = await db.$transaction((tx) => createJob(tx, { video, preset, priority: 'normal' }));
      return { jobId: job.id, videoId: video.id, sourceKey };
    },
    async retry({ videoId, sourceKey }, preset = 'web') {
      const video = await db.video.findUniqueOrThrow({ where: { id: videoId } });
      const { job } = await db.$transaction((tx) => createJob(tx, { video, preset, priority: 'normal' }));
      return { jobId: job.id, videoId, sourceKey };
    },
    task: ({ jobId }, stage, index = 0) =>
      db.task.findUniqueOrThrow({ where: { jobId_stage_index: { jobId, stage, index } } }),
    deliver: async (work, stage) => queues.deliver([await workshop.task(work, stage)]),
    async queued(work, stage, index) {
      const task = await workshop.task(work, stage, index);
      if (task.state !== 'queued') throw new Error(`${stage} is ${task.state}: ${task.failureText}`);
      return task.id;
    },
    async run({ jobId }, ...stages) {
      for (const stage of stages) {
        for (const task of await db.task.findMany({ where: { jobId, stage }, orderBy: { index: 'asc' } })) {
          if (task.state === 'completed') continue;
          await runTask(runner, { taskId: task.id, token: task.token }, never);
          const after = await db.task.findUniqueOrThrow({ where: { id: task.id } });
          if (after.state !== 'completed') throw new Error(`${stage} is ${after.state}: ${after.failureText}`);
        }
      }
    },
    async published(work) {
      const job = await jobOf(work);
      const video = await db.video.findUniqueOrThrow({ where: { id: job.videoId } });
      return {
        probe: Probe.parse(video.probe),
        plan: Plan.parse(job.plan),
        published: PublishedFolder.parse(job.published),
        chunks: await finishedChunks(db, job),
        sourceKey: work.sourceKey,
      };
    },
    async dispose() {
      await Promise.all([queues.close(), events.close(), storage.close(), db.$disconnect()]);
      await rm(folder, { recursive: true, force: true });
      await rm(scratch, { recursive: true, force: true });
    },
  };
  return workshop;
}
