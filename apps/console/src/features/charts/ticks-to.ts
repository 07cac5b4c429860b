const ROUND = [1, 2, 2.5, 5, 10];

/** Where the scale of a chart is written: nothing, the middle and the top, in whole numbers that are round. */
export function ticksTo(most: number): readonly [0, number, number] {
  const half = most / 2;
  const power = 10 ** Math.floor(Math.log10(Math.max(half, 1)));
  const step = ROUND.map((round) => round * power).find((round) => round >= half && Number.isInteger(round));
  return [0, step ?? power, 2 * (step ?? power)];
}
