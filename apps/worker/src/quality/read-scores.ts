import { TranscodeError } from '@transcode/contracts';
import * as z from 'zod';
import type { Metric } from './compare-graph.ts';
import type { SamplingPlan } from './sampling.ts';

const VmafLog = z.object({ frames: z.array(z.object({ frameNum: z.int(), metrics: z.object({ vmaf: z.number() }) })) });

export interface FrameScore {
  /** Number of the frame in the video. */
  readonly frame: number;
  readonly score: number;
}

/**
 * The scores of the measured frames, from what libvmaf (JSON) or ffmpeg's ssim filter (a line a frame) wrote of those looked at. Neither
 * says so when the disk does not take what they write: a log that stops short means that.
 */
export function readScores(metric: Metric, log: string, { select, first, nth }: SamplingPlan): FrameScore[] {
  const scores = metric === 'ssim' ? readSsim(log) : readVmaf(log);
  if (select === undefined) return scores.map(({ number, score }) => ({ frame: number, score }));
  // The first was only there for the motion; after it the second of each pair is measured.
  return scores
    .filter(({ number }) => number > 0 && number % 2 === 0)
    .map(({ number, score }) => ({ frame: first + (number / 2 - 1) * nth, score }));
}

interface LoggedScore {
  readonly number: number;
  readonly score: number;
}

function readVmaf(log: string): LoggedScore[] {
  const parsed = VmafLog.safeParse(parseWhole(log));
  if (!parsed.success) throw new TranscodeError('measure_failed', { reason: 'the log of libvmaf makes no sense' });
  return parsed.data.frames.map(({ frameNum, metrics }) => ({ number: frameNum, score: metrics.vmaf }));
}

function parseWhole(log: string): unknown {
  try {
    return JSON.parse(log);
  } catch (error) {
    throw new TranscodeError('scratch_full', {}, { cause: error });
  }
}

/** `n:1 Y:0.98 U:0.99 V:0.99 All:0.98 (18.4)`, counted from 1. */
function readSsim(log: string): LoggedScore[] {
  if (!log.endsWith('\n')) throw new TranscodeError('scratch_full');
  return log.split('\n').flatMap((line) => {
    const match = /^n:(\d+) .*\bAll:([\d.]+)/.exec(line);
    return match === null ? [] : [{ number: Number(match[1]) - 1, score: Number(match[2]) }];
  });
}
