import type { Plan, Stage, VideoRendition } from '@transcode/contracts';

/** Seconds that one picture of a megapixel costs, on a core of our own. Only how they stand to each other matters: speed is measured. */
const DECODE = 0.006;
const DECODE_OURS = 0.004;
const JUDGE = 0.002;
const VMAF = 0.024;
/** By x264's own speed preset. */
const ENCODE: Readonly<Record<string, number>> = {
  ...{ ultrafast: 0.003, superfast: 0.005, veryfast: 0.008, faster: 0.013, fast: 0.017 },
  ...{ medium: 0.02, slow: 0.035, slower: 0.08 },
};
/** Of a second of sound: one stream decoded, made even and encoded; or read back and compared. */
const SOUND = 0.012;
const SOUND_CHECK = 0.015;
/** Of a second of media: its playlists and its share of the storyboard. */
const PACKAGE = 0.004;
/** Every task has a process to start and rows to write. */
const BEGIN = 0.3;
/** Measuring takes as much of the encode's time at most, or so many seconds (apps/worker/src/quality/sampling.ts). */
const MEASURE_SHARE = 0.25;
const MEASURE_ALWAYS = 6;

/**
 * How much a task is, in something like seconds: by the pixels that are decoded, encoded and compared for it, and the sound. It says how
 * tasks of a stage stand to each other; how fast they go is measured while they do.
 */
export function workOf(plan: Plan, { stage, index }: { stage: Stage; index: number }): number {
  const frames = framesOf(plan, stage, index);
  switch (stage) {
    case 'encode':
      return BEGIN + encodeWork(plan, frames);
    case 'audio':
      return BEGIN + plan.audio.length * plan.durationSeconds * SOUND;
    case 'package':
      return BEGIN + plan.durationSeconds * PACKAGE;
    case 'verify':
      return index === 0
        ? BEGIN + plan.audio.length * plan.durationSeconds * SOUND_CHECK
        : BEGIN + frames * (megapixels(plan.reference) * (DECODE + JUDGE) + pixelsOf(plan) * (DECODE_OURS + JUDGE));
    case 'measure':
      return BEGIN + measureWork(plan);
    case 'probe':
    case 'plan':
    case 'poster':
    case 'publish':
    case 'erase':
      break;
  }
  return BEGIN;
}

function framesOf({ chunks, grid }: Plan, stage: Stage, index: number): number {
  const chunk = stage === 'encode' ? chunks[index] : stage === 'verify' ? chunks[index - 1] : undefined;
  return chunk === undefined ? grid.frames : chunk.endFrame - chunk.startFrame;
}

function encodeWork(plan: Plan, frames: number): number {
  const encoded = plan.video.reduce((sum, rendition) => sum + megapixels(rendition) * speedOf(rendition), 0);
  return frames * (megapixels(plan.reference) * DECODE + encoded);
}

function speedOf({ encoder: { options } }: VideoRendition): number {
  return ENCODE[options[options.indexOf('-preset') + 1] ?? 'medium'] ?? 0.02;
}

function measureWork(plan: Plan): number {
  const { frames } = plan.grid;
  const whole = frames * megapixels(plan.reference) * (DECODE + plan.video.length * VMAF);
  return Math.min(whole, Math.max(MEASURE_ALWAYS, encodeWork(plan, frames) * MEASURE_SHARE));
}

function pixelsOf(plan: Plan): number {
  return plan.video.reduce((sum, rendition) => sum + megapixels(rendition), 0);
}

function megapixels({ width, height }: { width: number; height: number }): number {
  return (width * height) / 1e6;
}
