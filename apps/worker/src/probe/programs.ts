/** The streams of each programme of a broadcast, by their numbers. */
export type Programs = readonly ReadonlySet<number>[];

/**
 * Whether a stream belongs with other pictures than this one. What belongs to no programme may belong to any: where a broadcast changes
 * its streams in the middle, those of before are in none.
 */
export function isOfAnotherProgram(programs: Programs, index: number, picture: number): boolean {
  const own = programs.filter((program) => program.has(picture));
  const isInAny = programs.some((program) => program.has(index));
  return own.length > 0 && isInAny && !own.some((program) => program.has(index));
}
