import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Plan, resolutionOf, TranscodeError, type Quality } from '@transcode/contracts';
import { plannedSourceArgv, turnArgv } from '@transcode/planner';
import { measure } from '@transcode/telemetry';
import { inputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { FinishedChunks } from '../packager/assemble.ts';
import { finishedChunks } from '../published/finished-chunks.ts';
import { joinedSegments } from '../published/joined-segments.ts';
import { chooseMetric } from '../quality/choose-metric.ts';
import { compareGraph, logName, type Metric } from '../quality/compare-graph.ts';
import { readScores, type FrameScore } from '../quality/read-scores.ts';
import { chooseSampling, planSampling, type SamplingPlan } from '../quality/sampling.ts';
import { summarise } from '../quality/summarise.ts';
import type { StageContext, StageHandler } from '../task-context.ts';

/** Measures every rendition against the source in one ffmpeg: the source is decoded once. */
export const measureStage: StageHandler = async (context) => {
  const { claim, db, tools } = context;
  const plan = Plan.parse(claim.job.plan);
  const chunks = await finishedChunks(db, claim.job);
  demandFrames(chunks, plan);
  const { metric, notes: why } = await chooseMetric(tools.ffmpeg, plan.reference);
  const encodeSeconds = chunks.video.reduce((sum, chunk) => sum + chunk.cpuSeconds, 0);
  const { pictureFrames: frames = plan.grid.frames } = plan.grid;
  const pixels = plan.reference.width * plan.reference.height;
  const chosen = chooseSampling({ frames, renditions: plan.video.length, pixels, encodeSeconds });
  const sampling = planSampling(frames, chosen);
  const { nth } = sampling;
  const cpuSeconds = await compare(context, plan, { metric, sampling, chunks });
  const notes = [...why, ...(nth > 1 ? [`One frame in ${nth} was measured.`] : [])];
  const qualities: Quality[] = [];
  for (const position of plan.video.keys()) {
    const log = await readFile(path.join(context.scratch, logName(position)), 'utf8');
    const scores = readScores(metric, log, sampling);
    demandScores(scores, sampling);
    qualities.push(summarise(scores, { metric, nth, grid: plan.grid, notes }));
  }
  context.onceCommitted(() => {
    for (const [position, { mean }] of qualities.entries()) {
      const rendition = plan.video[position];
      if (metric === 'vmaf' && rendition !== undefined)
        measure.observe('vmafScore', { resolution: resolutionOf(rendition) }, mean);
    }
  });
  context.log.info({ metric, nth, cpu_seconds: cpuSeconds, encode_cpu_seconds: encodeSeconds }, 'Quality measured');
  return async (tx) => {
    for (const [position, { name }] of plan.video.entries()) {
      const quality = qualities[position];
      if (quality === undefined) continue;
      await tx.rendition.update({ where: { jobId_name: { jobId: claim.job.id, name } }, data: { quality } });
    }
  };
};

/** Answers the CPU seconds it took. */
async function compare(
  context: StageContext,
  plan: Plan,
  { metric, sampling, chunks }: { metric: Metric; sampling: SamplingPlan; chunks: FinishedChunks },
): Promise<number> {
  const source = await context.source();
  const expected =
    sampling.select === undefined ? (plan.grid.pictureFrames ?? plan.grid.frames) : 2 * sampling.measured;
  const { cpuSeconds } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...['-nostdin', '-hide_banner', '-y', '-loglevel', 'level+info', '-benchmark', '-nostats'],
      ...['-stats_period', '0.25', '-progress', PROGRESS_PIPE, '-copyts', '-reinit_filter', '0'],
      ...turnArgv(plan),
      ...plannedSourceArgv(plan, { source: source.input, protocols: source.protocols }),
      ...plan.video.flatMap((_, position) => [
        '-protocol_whitelist',
        'pipe',
        '-f',
        'mov',
        '-i',
        inputPipe(position, { outputs: 0, source: true }),
      ]),
      ...['-filter_complex', compareGraph(plan, metric, sampling)],
      ...plan.video.flatMap((_, position) => ['-map', `[o${position}]`, '-fps_mode', 'passthrough', '-f', 'null', '-']),
    ],
    outputs: 0,
    inputs: plan.video.map(({ name }) => joinedSegments(context.storage, keysOf(chunks, name))),
    source,
    mediaSeconds: plan.durationSeconds,
    cwd: context.scratch,
    signal: context.signal,
    log: context.log,
    onProgress: ({ frame = 0 }) => context.report({ fraction: Math.min(1, frame / expected) }),
    consume: () => Promise.resolve(),
  }).catch((error: unknown) => {
    if (!(error instanceof TranscodeError) || error.code !== 'encode_failed') throw error;
    const tail = error.tail === undefined ? {} : { tail: error.tail };
    throw new TranscodeError('measure_failed', { reason: String(error.details['reason']) }, { cause: error, ...tail });
  });
  return cpuSeconds;
}

function keysOf({ video }: FinishedChunks, name: string): string[] {
  const parts = video.flatMap((chunk) => chunk.renditions.filter(({ rendition }) => rendition === name));
  const init = parts[0]?.init.key;
  return init === undefined ? [] : [init, ...parts.flatMap(({ segments }) => segments.map(({ key }) => key))];
}

/** Before anything is compared: both have the same number of frames, or frame n would not meet frame n. */
function demandFrames({ video }: FinishedChunks, { grid, video: planned }: Plan): void {
  for (const { name } of planned) {
    const frames = video
      .flatMap((chunk) => chunk.renditions.filter(({ rendition }) => rendition === name))
      .flatMap(({ segments }) => segments)
      .reduce((sum, segment) => sum + segment.frames, 0);
    if (frames === grid.frames) continue;
    throw new TranscodeError('measure_failed', { reason: `${name} has ${frames} frames, its source ${grid.frames}` });
  }
}

function demandScores(scores: readonly FrameScore[], { measured, nth }: SamplingPlan): void {
  if (scores.length === measured) return;
  const reason = `${scores.length} frames were measured, and ${measured} had to be (one in ${nth})`;
  throw new TranscodeError('measure_failed', { reason });
}
