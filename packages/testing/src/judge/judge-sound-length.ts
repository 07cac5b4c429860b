import type { PublishedExpectation } from '../media/corpus-case.ts';

/** What a sound may be longer or shorter by, in seconds, than a case says, and than its source is. */
const BESIDE_SAID = 0.1;
const BESIDE_SOURCE = 0.15;

export interface SoundLengths {
  /** Published pictures. */
  readonly frames: number;
  /** From the source's first picture to the end of its sound; 0 where that cannot be told, and it ends with the picture. */
  readonly sourceSeconds: number;
  /** Of the published sound. */
  readonly seconds: number;
}

/** Whether a sound lasts as long as its case says or its source does, and to the picture's end in any case. */
export function judgeSoundLength(
  uri: string,
  { rate, soundSeconds }: Pick<PublishedExpectation, 'rate' | 'soundSeconds'>,
  { frames, sourceSeconds, seconds }: SoundLengths,
): string[] {
  const [num = 0, den = 1] = rate.split('/').map(Number);
  const wanted = soundSeconds ?? Math.max((frames * den) / num, sourceSeconds);
  const most = soundSeconds === undefined ? BESIDE_SOURCE : BESIDE_SAID;
  if (Math.abs(seconds - wanted) <= most) return [];
  return [`${uri}: lasts ${seconds.toFixed(2)} s, ${wanted.toFixed(2)} expected`];
}
