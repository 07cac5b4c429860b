import * as z from 'zod';

type OneOrMore<T extends z.ZodType> = z.ZodPipe<
  z.ZodUnion<readonly [T, z.ZodArray<T>]>,
  z.ZodTransform<z.output<T>[], z.output<T> | z.output<T>[]>
>;

/** A filter by one value or by any of several, where a number is named by no more of them. */
export function oneOrMore<T extends z.ZodType>(value: T, most = Infinity): OneOrMore<T> {
  const several = z.array(value);
  const list = most === Infinity ? several : several.max(most, `At most ${most} of them`);
  return z.union([value, list]).transform((given) => (Array.isArray(given) ? given : [given]));
}
