import type * as z from 'zod';

/** Reads the variables that a process understands; an empty one counts as absent. Throws one error that names all that is wrong. */
export function parseVariables<T>(shape: z.ZodType<T>, source: Readonly<Record<string, string | undefined>>): T {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not complete. ${wrong.join('; ')}`);
}
