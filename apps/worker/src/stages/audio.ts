import { Plan } from '@transcode/contracts';
import { audioArgv, toNumber } from '@transcode/planner';
import { mostOutput } from '../ffmpeg/child-limits.ts';
import { encoderFingerprint } from '../ffmpeg/encoder-fingerprint.ts';
import { runSound } from '../ffmpeg/run-sound.ts';
import type { StageHandler } from '../task-context.ts';
import { commitChunk } from './commit-chunk.ts';
import { cutOutput } from './cut-outputs.ts';
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
  const { value: renditions, ...spent } = await runSound({
    ffmpeg: tools.ffmpeg,
    argv: (io) => audioArgv(plan, io),
    renditions: outputs.length,
    source,
    mediaSeconds: plan.durationSeconds,
    cwd: scratch,
    signal,
    log: context.log,
    onProgress: progressReporter({ seconds: plan.durationSeconds }, (progress) => context.report(progress)),
    consume: async (stream, { position }) => {
      const output = outputs[position];
      if (output === undefined) throw new TypeError(`there is no rendition ${position}`);
      return cutOutput(stream, output, { claim, storage });
    },
  });
  return commitChunk(claim, 'audio', { renditions, ...spent });
};
