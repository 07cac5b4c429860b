import {
  BrokenInvariant,
  Plan,
  TranscodeError,
  type PlannedChunk,
  type RenditionChunkIndex,
} from '@transcode/contracts';
import { chunkArgv, toNumber } from '@transcode/planner';
import { mostOutput } from '../ffmpeg/child-limits.ts';
import { encoderFingerprint } from '../ffmpeg/encoder-fingerprint.ts';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { measureEncoded } from '../signals/measure-encoded.ts';
import type { StageHandler } from '../task-context.ts';
import { commitChunk } from './commit-chunk.ts';
import { cutOutputs } from './cut-outputs.ts';
import { progressReporter } from './progress-reporter.ts';

/** Encodes one chunk of the picture: one ffmpeg, one decode, all renditions, whose segments are put as they close. */
export const encode: StageHandler = async (context) => {
  const { claim, tools, signal, storage, scratch } = context;
  const plan = Plan.parse(claim.job.plan);
  const chunk = plannedChunk(plan, claim.task.index);
  const frames = chunk.endFrame - chunk.startFrame;
  const source = await context.source();
  const { grid } = plan;
  const seconds = frames / toNumber(grid.rate);
  const outputs = plan.video.map((rendition) => ({
    rendition: rendition.name,
    kind: 'video' as const,
    segmentFrames: grid.segmentFrames,
    frameTicks: grid.frameTicks,
    timescale: grid.timescale,
    baseTick: chunk.startFrame * grid.frameTicks,
    mostBytes: mostOutput(rendition.peakBitRate, seconds),
    fingerprint: encoderFingerprint(tools.build, rendition),
  }));
  const { value: renditions, ...spent } = await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: chunkArgv(plan, chunk.index, {
      ...{ source: source.input, protocols: source.protocols },
      outputs: plan.video.map((_, position) => outputPipe(position)),
      progress: PROGRESS_PIPE,
    }),
    outputs: outputs.length,
    source,
    mediaSeconds: seconds,
    cwd: scratch,
    signal,
    log: context.log,
    onProgress: progressReporter({ frames, seconds }, (progress) => context.report(progress)),
    consume: (streams) => cutOutputs(streams, outputs, { claim, storage }),
  });
  for (const rendition of renditions) demandFrames(rendition, frames);
  context.onceCommitted(() => measureEncoded(plan, { renditions, ...spent }));
  return commitChunk(claim, 'video', { renditions, ...spent });
};

function plannedChunk(plan: Plan, index: number): PlannedChunk {
  const chunk = plan.chunks[index];
  if (chunk === undefined) throw new BrokenInvariant(`The plan has no chunk ${index}.`);
  return chunk;
}

/** What the probe counted has to come out: less means that the source could not be decoded to its end. */
function demandFrames({ rendition, segments }: RenditionChunkIndex, wanted: number): void {
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  if (frames === wanted) return;
  const reason = `${frames} of ${wanted} frames of ${rendition} came out`;
  throw new TranscodeError(frames < wanted ? 'source_unreadable' : 'encode_failed', { reason });
}
