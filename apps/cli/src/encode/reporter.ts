import { ProgressLine } from './progress-line.ts';
import type { VideoDetail } from '@transcode/contracts';
import type { Context } from '../context.ts';

/** The last line that `encode --json` prints. */
export interface EncodeResult {
  videoId: string | null;
  jobId: string | null;
  state: string;
  playbackUrl: string | null;
  out: string | null;
  error?: { code: string; sentence: string; tail: string | null };
}

/** How `encode` tells what happens: words and a moving line for people, an object a line for programs. */
export interface Reporter {
  step(label: string, fraction: number, detail: string, data: Readonly<Record<string, unknown>>): void;
  note(sentence: string): void;
  result(result: EncodeResult, video: VideoDetail | undefined): void;
}

export function personReporter(context: Context, stream: NodeJS.WriteStream): Reporter {
  const line = new ProgressLine(stream);
  return {
    step: (label, fraction, detail) => line.show(label, fraction, detail),
    note: (sentence) => {
      line.clear();
      context.say(sentence);
    },
    result: (result, video) => {
      line.clear();
      for (const rendition of video?.renditions ?? []) context.say(describe(rendition));
      for (const note of video?.job?.notes ?? []) context.say(note);
      if (result.error !== undefined) {
        if (result.error.tail !== null && result.error.tail !== '') context.say(result.error.tail);
        context.say(result.error.sentence);
        return;
      }
      if (result.out !== null) context.say(`Copied to ${result.out}`);
      if (result.playbackUrl !== null) context.print(result.playbackUrl);
    },
  };
}

const TOLD_MS = 250;

export function programReporter(context: Context): Reporter {
  let last = { label: '', at: 0 };
  return {
    step: (label, fraction, _detail, data) => {
      const now = performance.now();
      if (label === last.label && fraction < 1 && now - last.at < TOLD_MS) return;
      last = { label, at: now };
      context.print(JSON.stringify({ event: label, fraction, ...data }));
    },
    note: context.say,
    result: (result) => context.print(JSON.stringify(result)),
  };
}

function describe(rendition: VideoDetail['renditions'][number]): string {
  const { name, width, height, averageBitRate, quality } = rendition;
  const size = width === null || height === null ? '' : `${width}x${height}`;
  const rate = averageBitRate === null ? '' : `${(averageBitRate / 1000).toFixed(0)} kbit/s`;
  const score =
    quality === null
      ? ''
      : quality.metric === 'vmaf'
        ? `VMAF ${quality.mean.toFixed(1)}`
        : `SSIM ${quality.mean.toFixed(4)}`;
  return `  ${name.padEnd(8)} ${size.padEnd(10)} ${rate.padStart(12)}  ${score}`.trimEnd();
}
