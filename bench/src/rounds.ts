/** The middle of an odd number of figures, the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** A ratio as it is printed, with its promise and whether it holds. */
export function ratioLine(name: string, ratios: readonly number[], most: number): { line: string; holds: boolean } {
  const middle = median(ratios);
  const holds = middle <= most;
  return {
    line: `${name}: ${middle.toFixed(3)} (${shown(ratios)}), promised at most ${most.toFixed(2)}: ${holds ? 'holds' : 'BROKEN'}`,
    holds,
  };
}

/** Each of them, in the order in which they were measured. */
export function shown(ratios: readonly number[]): string {
  return ratios.map((ratio) => ratio.toFixed(3)).join(' ');
}
