import { Plan } from '@transcode/contracts';
import { audioArgv, toNumber } from '@transcode/planner';
import { mostOutput } from '../ffmpeg/child-limits.ts';
import { hasLoopbackDecoders } from '../ffmpeg/has-loopback-decoders.ts';
import { encoderFingerprint } from '../ffmpeg/encoder-fingerprint.ts';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { StageHandler } from '../task-context.ts';
import { commitChunk } from './commit-chunk.ts';
import { cutOutputs } from './cut-outputs.ts';
import { progressReporter } from './progress-reporter.ts';

/** Encodes all sound of the video as one piece, every stream to its own rendition. */
export const audio: StageHandler = async (context) => {
  const { claim, tools, signal, storage, scratch } = context;
  const plan = Plan.parse(claim.job.plan);
  const source = await context.source();
  const outputs = plan.audio.map((rendition) => ({
    rendition: rendition.name,
    kind: 'audio' as const,
    timescale: rendition.sampleRate,
    baseTick: 0,
    segmentSeconds: plan.grid.segmentFrames / toNumber(plan.grid.rate),
    mostBytes: mostOutput(rendition.bitRate, plan.durationSeconds),
    fingerprint: encoderFingerprint(tools.build, rendition),
  }));
  const { value: renditions, ...spent } = await runFfmpeg({
    ffmpeg: tools.ffmpeg,
    argv: audioArgv(plan, {
      ...{ source: source.input, protocols: source.protocols },
      outputs: plan.audio.map((_, position) => outputPipe(position)),
      progress: PROGRESS_PIPE,
      hasLoopback: await hasLoopbackDecoders(tools.ffmpeg),
    }),
    outputs: outputs.length,
    source,
    mediaSeconds: plan.durationSeconds,
    cwd: scratch,
    signal,
    onProgress: progressReporter({ seconds: plan.durationSeconds }, (progress) => context.report(progress)),
    consume: (streams) => cutOutputs(streams, outputs, { claim, storage }),
  });
  return commitChunk(claim, 'audio', { renditions, ...spent });
};
