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

/** Compares each flash's distance to its beep with the same flash's in the source. */
export function judgeSync(uri: string, source: readonly number[], output: readonly number[]): string[] {
  if (source.length === 0) return ['the source itself has no flash with a beep'];
  // A beep before the first picture is cut with the sound it is in.
  const cut = source.length - output.length;
  if (cut !== 0 && (cut !== 1 || output.length === 0)) {
    return [`${uri}: ${output.length} flashes have a beep, ${source.length} in the source`];
  }
  return output.flatMap((distance, index) => offset(uri, index, { distance, wanted: source[index + cut] }));
}

/** Every flash has to have its beep, `wanted` seconds later. */
export function judgeEachFlash(
  uri: string,
  wanted: number,
  { flashes, beeps }: { flashes: readonly number[]; beeps: readonly number[] },
): string[] {
  const distances = beepDistances(flashes, beeps);
  if (flashes.length === 0) return [`${uri}: its picture never flashes`];
  if (distances.length !== flashes.length || beeps.length !== flashes.length)
    return [`${uri}: ${distances.length} of ${flashes.length} flashes have a beep, of which there are ${beeps.length}`];
  return distances.flatMap((distance, index) => offset(uri, index, { distance, wanted }));
}

function offset(
  uri: string,
  index: number,
  { distance, wanted = Number.NaN }: { distance: number; wanted: number | undefined },
): string[] {
  if (Math.abs(distance - wanted) <= TOLERANCE) return [];
  return [`${uri}: beep ${index} is ${ms(distance)} from its flash, ${ms(wanted)} expected`];
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(1)} ms`;
}
