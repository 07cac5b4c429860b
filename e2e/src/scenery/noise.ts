/** A fixed number in 0..1 for each pair of whole numbers. */
export function hash(x: number, y = 0): number {
  let bits = Math.imul(x | 0, 374_761_393) + Math.imul(y | 0, 668_265_263);
  bits = Math.imul(bits ^ (bits >>> 13), 1_274_126_177);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise in 0..1 along a line. */
export function noise(x: number, seed = 0): number {
  const cell = Math.floor(x);
  const share = x - cell;
  const eased = share * share * (3 - 2 * share);
  return hash(cell, seed) * (1 - eased) + hash(cell + 1, seed) * eased;
}

/** Noise with finer noise on it, in 0..1: a range of hills from afar. */
export function roughNoise(x: number, seed: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise(x * 2 ** octave + seed * 17.3, seed + octave) * weight;
    total += weight;
    weight *= 0.48;
  }
  return sum / total;
}
