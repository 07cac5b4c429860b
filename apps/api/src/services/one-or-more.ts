import * as z from 'zod';

type OneOrMore<T extends z.ZodType> = z.ZodPipe<
  z.ZodUnion<readonly [T, z.ZodArray<T>]>,
  z.ZodTransform<z.output<T>[], z.output<T> | z.output<T>[]>
>;

/** A filter by one value or by any of several. */
export function oneOrMore<T extends z.ZodType>(value: T): OneOrMore<T> {
  return z.union([value, z.array(value)]).transform((given) => (Array.isArray(given) ? given : [given]));
}
