/** Samples of an envelope a second: offsets are told to the millisecond. */
const ENVELOPE_RATE = 1_000;
/** How far apart the two may be to be found, in milliseconds. */
const REACH_MS = 400;
/** Below this the two have too little in common to say anything. */
const LEAST_LIKENESS = 0.5;
/** Sound that is as much like itself this far away says nothing about where it is, in milliseconds. */
const APART_MS = 25;
const DISTINCT = 0.95;

export interface SoundOffset {
  /** How much later the published sound is than the source's, in milliseconds. */
  readonly milliseconds: number;
  /** Correlation of the two envelopes at that offset, 0 to 1. */
  readonly likeness: number;
}

/**
 * Where the published sound lies against the source's, by the correlation of their loudness over time; undefined where silence, a
 * steady tone or a different sound leaves no answer. Both are 16-bit mono samples of the same moment and rate.
 */
export function soundOffset(source: Int16Array, published: Int16Array, sampleRate: number): SoundOffset | undefined {
  const [wanted, found] = [envelope(source, sampleRate), envelope(published, sampleRate)];
  const length = Math.min(wanted.length, found.length);
  const reach = Math.min(REACH_MS, Math.floor(length / 4));
  const scores = Array.from({ length: 2 * reach + 1 }, (_, index) => correlation(wanted, found, index - reach, length));
  const best = scores.reduce((top, score, index) => (score > (scores[top] ?? -1) ? index : top), 0);
  const likeness = scores[best] ?? 0;
  if (likeness < LEAST_LIKENESS) return undefined;
  const elsewhere = scores.filter((_, index) => Math.abs(index - best) >= APART_MS);
  if (Math.max(-1, ...elsewhere) > likeness * DISTINCT) return undefined;
  return { milliseconds: best - reach, likeness };
}

function envelope(samples: Int16Array, sampleRate: number): Float64Array {
  const step = Math.floor(sampleRate / ENVELOPE_RATE);
  const loudness = new Float64Array(Math.floor(samples.length / step));
  for (let index = 0; index < loudness.length; index += 1) {
    let sum = 0;
    for (let at = index * step; at < (index + 1) * step; at += 1) sum += Math.abs(samples[at] ?? 0);
    loudness[index] = sum / step;
  }
  return loudness;
}

/** Pearson's, of `found` moved earlier by `lag` against `wanted`, over what both cover. */
function correlation(wanted: Float64Array, found: Float64Array, lag: number, length: number): number {
  const from = Math.max(0, -lag);
  const to = Math.min(length, length - lag);
  const count = to - from;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let index = from; index < to; index += 1) {
    const a = wanted[index] ?? 0;
    const b = found[index + lag] ?? 0;
    sumA += a;
    sumB += b;
    squaresA += a * a;
    squaresB += b * b;
    products += a * b;
  }
  const spread = Math.sqrt((squaresA - (sumA * sumA) / count) * (squaresB - (sumB * sumB) / count));
  // Less than one step of 16 bits on average is silence.
  if (!(spread > count)) return 0;
  return (products - (sumA * sumB) / count) / spread;
}
