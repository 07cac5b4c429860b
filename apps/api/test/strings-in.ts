import * as z from 'zod';

/** A place in an input where a string may be, such as `filter.search`. */
export interface StringPlace {
  readonly path: readonly (string | number)[];
  readonly schema: z.ZodType;
}

/** Kinds of which nothing is a string, or only one of a few that they name. */
const NO_STRINGS = new Set<z.ZodType['type']>(['boolean', 'enum', 'literal', 'number', 'void']);

/** Every place in what a schema takes where it takes a string that it does not name. */
export function* stringsIn(schema: unknown, path: StringPlace['path'] = []): Generator<StringPlace> {
  if (!(schema instanceof z.ZodType)) throw new TypeError(`${path.join('.')} is no schema.`);
  if (schema.type === 'string') yield { path, schema };
  else if (schema instanceof z.ZodTemplateLiteral) {
    if (schema.def.parts.some(isString)) yield { path, schema };
  } else if (schema instanceof z.ZodObject && schema.def.catchall === undefined) {
    for (const [name, field] of Object.entries(schema.shape)) yield* stringsIn(field, [...path, name]);
  } else if (schema instanceof z.ZodArray) yield* stringsIn(schema.element, [...path, 0]);
  else if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* stringsIn(option, path);
  else if (schema instanceof z.ZodPipe) yield* stringsIn(schema.in, path);
  else if (hasInner(schema)) yield* stringsIn(schema.unwrap(), path);
  else if (!NO_STRINGS.has(schema.type))
    throw new TypeError(`${path.join('.')} takes ${schema.type}: this test does not know what strings are in it.`);
}

function isString(part: unknown): boolean {
  return part instanceof z.ZodType && part.type === 'string';
}

function hasInner(schema: z.ZodType): schema is z.ZodType & { unwrap(): unknown } {
  return 'unwrap' in schema && typeof schema.unwrap === 'function';
}
