/**
 * How much a second of published sound is like the source's at the same place moved by `lag` samples, -1 to 1. `source` reaches
 * `reach` samples further on both sides.
 */
export function likeness(published: Int16Array, source: Int16Array, reach: number, lag: number): number {
  const from = reach - lag;
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let index = 0; index < published.length; index += 1) {
    const a = published[index] ?? 0;
    const b = source[from + index] ?? 0;
    sumA += a;
    sumB += b;
    squaresA += a * a;
    squaresB += b * b;
    products += a * b;
  }
  const count = published.length;
  const spread = Math.sqrt((squaresA - (sumA * sumA) / count) * (squaresB - (sumB * sumB) / count));
  // Less than one step of 16 bits on average is silence.
  if (!(spread > count)) return 0;
  return (products - (sumA * sumB) / count) / spread;
}

/** The lag within `most` samples at which the two are most alike. */
export function bestLag(
  published: Int16Array,
  source: Int16Array,
  reach: number,
  most: number,
): { lag: number; likeness: number } {
  let best = { lag: 0, likeness: likeness(published, source, reach, 0) };
  for (let lag = 1; lag <= most; lag += 1) {
    for (const each of [lag, -lag]) {
      const like = likeness(published, source, reach, each);
      if (like > best.likeness) best = { lag: each, likeness: like };
    }
  }
  return best;
}
