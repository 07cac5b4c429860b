import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChunkIndex, DEFAULT_PRESET, LEASE_RENEW_MS, Plan } from '@transcode/contracts';
import { cancelJob, createJob, type Task } from '@transcode/db';
import type { BenchStack } from './bench-stack.ts';
import type { DoneChunk } from './sharing.ts';

/** The times are Postgres' own. Looking more often would take processor time that bare ffmpeg has for itself. */
const LOOK_MS = 1_000;
/** By then the worker has noticed that the rest is canceled, and works on nothing beside what is measured next. */
const REST_MS = LEASE_RENEW_MS + 1_000;

export interface EncodedJourney {
  readonly plan: Plan;
  /** From the claim of the first chunk to the commit of the last one's segments. */
  readonly wallSeconds: number;
  /** Of that, what ffmpeg ran, and the processor time it took. */
  readonly ffmpegSeconds: number;
  readonly ffmpegCpuSeconds: number;
  readonly frames: number;
  /** Of the picture. */
  readonly chunks: readonly DoneChunk[];
}

/** Sends a file the platform's way as far as its plan, then cancels the rest. */
export async function planJourney(stack: BenchStack, file: string): Promise<Plan> {
  const { db } = stack;
  const jobId = await beginJourney(stack, file);
  for (;;) {
    const { state, plan, failureText } = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    if (state === 'failed') throw new Error(`The journey failed: ${failureText}`);
    if (plan !== null) {
      await db.$transaction((tx) => cancelJob(tx, jobId));
      return Plan.parse(plan);
    }
    await sleep(100);
  }
}

/** Sends a file the platform's way as far as its last committed segment, then cancels the rest. */
export async function runJourney(stack: BenchStack, file: string): Promise<EncodedJourney> {
  const { db } = stack;
  const jobId = await beginJourney(stack, file);
  for (;;) {
    const tasks = await db.task.findMany({ where: { jobId: jobId, stage: 'encode' } });
    const state = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    if (state.state === 'failed') throw new Error(`The journey failed: ${state.failureText}\n${state.failureTail}`);
    if (tasks.length > 0 && tasks.every((task) => task.state === 'completed')) {
      await db.$transaction((tx) => cancelJob(tx, jobId));
      await sleep(REST_MS);
      const starts = tasks.map((task) => task.startedAt?.getTime() ?? Number.NaN);
      const ends = tasks.map((task) => task.endedAt?.getTime() ?? Number.NaN);
      const chunks = await db.chunk.findMany({ where: { jobId: jobId, kind: 'video' } });
      const results = chunks.map((chunk) => ChunkIndex.parse(chunk.result));
      const perRendition = results.map((result) => result.renditions[0]);
      return {
        plan: Plan.parse(state.plan),
        wallSeconds: (Math.max(...ends) - Math.min(...starts)) / 1000,
        ffmpegSeconds: results.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0),
        ffmpegCpuSeconds: results.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
        chunks: doneChunks(Plan.parse(state.plan), tasks),
        frames: perRendition.flatMap((index) => index?.segments ?? []).reduce((sum, { frames }) => sum + frames, 0),
      };
    }
    await sleep(LOOK_MS);
  }
}

function doneChunks(plan: Plan, tasks: readonly Task[]): DoneChunk[] {
  return tasks.map(({ index, workerId, startedAt, endedAt }) => {
    const chunk = plan.chunks[index];
    if (chunk === undefined || workerId === null || startedAt === null || endedAt === null)
      throw new Error(`Nobody knows who did chunk ${index}, and when.`);
    const frames = chunk.endFrame - chunk.startFrame;
    return { workerId, start: startedAt.getTime(), end: endedAt.getTime(), frames };
  });
}

/** Puts a file into storage as an upload does and begins its job; answers its id. */
export async function beginJourney({ db, storage, queues }: BenchStack, file: string): Promise<string> {
  const { size } = await stat(file);
  const workspace = await db.workspace.upsert({ where: { name: 'bench' }, create: { name: 'bench' }, update: {} });
  const id = crypto.randomUUID();
  const sourceKey = `w/${workspace.id}/u/${id}`;
  await storage.put(sourceKey, createReadStream(file), { bytes: size });
  const { job, released } = await db.$transaction(async (tx) => {
    const video = await tx.video.create({
      data: {
        id,
        workspaceId: workspace.id,
        title: 'bench',
        fileName: 'bench.mp4',
        sourceKey,
        sourceBytes: BigInt(size),
        preset: DEFAULT_PRESET,
      },
    });
    return createJob(tx, { video, preset: DEFAULT_PRESET, priority: 'normal' });
  });
  await queues.deliver(released);
  return job.id;
}
