import { MOST_OFFSET_MS, type ComparedSound, type SoundSecond } from './compare-sound.ts';

/** Two seconds tell of the same offset if they differ by no more. */
const AGREE_MS = 3;
/** So many seconds on end of another sound are no accident of coding. */
const UNLIKE_SECONDS = 3;

/** What is wrong with a rendition's sound, as the end of a sentence; undefined if nothing is, or nothing can be heard. */
export function judgeSound({ seconds, holes }: ComparedSound): string | undefined {
  return displaced(seconds) ?? unlike(seconds) ?? hole(holes);
}

/** One second may be unlucky, unless it is all there is; two that agree are not. */
function displaced(seconds: readonly SoundSecond[]): string | undefined {
  for (const [index, { second, offsetMs }] of seconds.entries()) {
    if (offsetMs === undefined || Math.abs(offsetMs) <= MOST_OFFSET_MS) continue;
    const next = seconds[index + 1]?.offsetMs;
    const agrees = next !== undefined && Math.abs(next - offsetMs) <= AGREE_MS;
    if (!agrees && seconds.length > 1) continue;
    return `the sound is ${Math.abs(offsetMs)} ms ${offsetMs > 0 ? 'late' : 'early'} against the source at ${second} s`;
  }
  return undefined;
}

function unlike(seconds: readonly SoundSecond[]): string | undefined {
  let run = 0;
  for (const { second, offsetMs } of seconds) {
    run = offsetMs === undefined ? run + 1 : 0;
    if (run < UNLIKE_SECONDS) continue;
    return `the sound at ${second + 1 - UNLIKE_SECONDS} s is not the source's`;
  }
  return undefined;
}

function hole([first]: ComparedSound['holes']): string | undefined {
  if (first === undefined) return undefined;
  const at = `${first.atSeconds.toFixed(2)} s`;
  return first.what === 'missing'
    ? `the sound is missing at ${at}`
    : `there is sound at ${at} where the source is silent`;
}
