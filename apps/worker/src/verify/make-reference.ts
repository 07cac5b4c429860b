import path from 'node:path';
import type { Plan } from '@transcode/contracts';
import { referenceArgv } from '@transcode/planner';
import { PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { VerifyContext } from './verify-context.ts';
import { SAMPLE_RATE } from './sound-samples.ts';
import { THUMBNAIL } from './thumbnails.ts';

/** The whole source as it should have come out, small: raw files in the task's scratch folder. */
export interface Reference {
  /** Thumbnails of every frame. */
  readonly picture: string;
  /** Samples, by the name of the rendition. */
  readonly sounds: ReadonlyMap<string, string>;
}

/** Reads the source once more, from beginning to end, and independently of how it was encoded. */
export async function makeReference(
  context: VerifyContext,
  plan: Plan,
  onFrames: (frames: number) => void,
): Promise<Reference> {
  const source = await context.source();
  const picture = path.join(context.scratch, 'reference-picture.raw');
  const sounds = plan.audio.map(({ name }) => path.join(context.scratch, `reference-${name}.raw`));
  await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: referenceArgv(
      plan,
      { thumbnail: THUMBNAIL, sampleRate: SAMPLE_RATE },
      { source: source.input, protocols: source.protocols, picture, sounds, progress: PROGRESS_PIPE },
    ),
    outputs: 0,
    source,
    mediaSeconds: plan.durationSeconds,
    cwd: context.scratch,
    signal: context.signal,
    onProgress: ({ frame = 0 }) => onFrames(frame),
    consume: () => Promise.resolve(),
  });
  return { picture, sounds: new Map(plan.audio.map(({ name }, position) => [name, sounds[position] ?? ''])) };
}
