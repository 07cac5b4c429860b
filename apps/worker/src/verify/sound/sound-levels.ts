import { SAMPLE_RATE } from './sound-samples.ts';

/** Pieces whose loudness is compared. */
const PIECE = SAMPLE_RATE / 20;
/** As the root of the mean square of 16-bit samples: nobody overhears the one, nobody hears the other. */
const LOUD = 300;
const SILENT = 3;
/** What is left of loud sound where it is missing. */
const LEFT = 0.05;

export interface SoundHole {
  readonly atSeconds: number;
  readonly what: 'missing' | 'added';
}

/** Where one of two sounds of the same second is silent and the other is loud before, there and after. */
export function holes(heard: Int16Array, source: Int16Array, second: number): SoundHole[] {
  const [ours, theirs] = [levels(heard), levels(source)];
  return ours.flatMap((level, piece): SoundHole[] => {
    const around = (of: readonly number[]): number[] => of.slice(Math.max(0, piece - 1), piece + 2);
    const atSeconds = second + piece / (SAMPLE_RATE / PIECE);
    const quietest = Math.min(...around(theirs));
    if (quietest >= LOUD && level < quietest * LEFT) return [{ atSeconds, what: 'missing' }];
    const isAdded = Math.min(...around(ours)) >= LOUD && Math.max(...around(theirs)) <= SILENT;
    return isAdded ? [{ atSeconds, what: 'added' }] : [];
  });
}

function levels(samples: Int16Array): number[] {
  return Array.from({ length: samples.length / PIECE }, (_, piece) => {
    let squares = 0;
    for (const sample of samples.subarray(piece * PIECE, (piece + 1) * PIECE)) squares += sample * sample;
    return Math.sqrt(squares / PIECE);
  });
}
