import { PROGRESS_INTERVAL_MS, type Progress } from '@transcode/contracts';
import type { FfmpegProgress } from '../ffmpeg/read-progress.ts';

interface Whole {
  /** Media seconds that the whole is. */
  readonly seconds: number;
  /** Frames that the whole has; absent for sound. */
  readonly frames?: number;
}

/** The first pictures take their time: what is left is not known before so much is done. */
const SAYS_FROM = 0.1;

/** Turns what ffmpeg says into progress of the task, told at most as often as agreed. */
export function progressReporter(whole: Whole, report: (progress: Progress) => void): (said: FfmpegProgress) => void {
  const started = performance.now();
  let told = -Infinity;
  return (said) => {
    const now = performance.now();
    if (now - told < PROGRESS_INTERVAL_MS) return;
    told = now;
    report(progressOf(said, whole, (now - started) / 1000));
  };
}

function progressOf(said: FfmpegProgress, { seconds, frames }: Whole, elapsed: number): Progress {
  const share = frames === undefined ? (said.seconds ?? 0) / seconds : (said.frame ?? 0) / frames;
  const fraction = Math.min(1, Math.max(0, share));
  const speed = (fraction * seconds) / elapsed;
  return {
    fraction,
    ...(frames === undefined ? {} : { fps: (fraction * frames) / elapsed }),
    ...(fraction > 0 ? { speed } : {}),
    ...(fraction >= SAYS_FROM ? { secondsLeft: (elapsed * (1 - fraction)) / fraction } : {}),
  };
}
