import type { Keyframe } from '@transcode/contracts';
import type { KeyTime } from './presentation-times.ts';

/** Nearer ones save nothing, and of a long video with nothing but key frames there would be millions. */
const LEAST_SECONDS = 1;

/** Places where decoding can start. A container that does not say when a frame is decoded is searched by when it is shown. */
export function keyframes(keys: readonly KeyTime[], seconds: (ticks: number) => number): Keyframe[] {
  const chosen: Keyframe[] = [];
  for (const { shown, decoded } of keys) {
    const shownSeconds = seconds(shown);
    const last = chosen.at(-1)?.shownSeconds ?? -Infinity;
    if (shownSeconds - last < LEAST_SECONDS) continue;
    chosen.push({ shownSeconds, decodedSeconds: Number.isNaN(decoded) ? shownSeconds : seconds(decoded) });
  }
  return chosen;
}
