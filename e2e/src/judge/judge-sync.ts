/** The furthest a beep may be from its flash, beyond what it is in the source, in seconds. */
const TOLERANCE = 0.025;

/** How far each flash is from the beep nearest to it; beeps further than half a second do not belong to it. */
export function beepDistances(flashes: readonly number[], beeps: readonly number[]): number[] {
  return flashes.flatMap((flash) => {
    const distances = beeps.map((beep) => beep - flash);
    const nearest = distances.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];
    return nearest === undefined || Math.abs(nearest) > 0.5 ? [] : [nearest];
  });
}

/** Compares flash-to-beep distances of the output with the source's, by their medians and their worst. */
export function judgeSync(uri: string, source: readonly number[], output: readonly number[]): string[] {
  const wanted = median(source);
  if (wanted === undefined) return ['the source itself has no flash with a beep'];
  if (output.length < Math.max(1, source.length - 1)) {
    return [`${uri}: ${output.length} flashes have a beep, ${source.length} in the source`];
  }
  return output
    .filter((distance) => Math.abs(distance - wanted) > TOLERANCE)
    .map((distance) => `${uri}: a beep is ${ms(distance)} from its flash, ${ms(wanted)} in the source`);
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(1)} ms`;
}
