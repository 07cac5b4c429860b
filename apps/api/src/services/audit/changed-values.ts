import type { Prisma } from '@transcode/db';

interface ChangedValues {
  readonly before: Prisma.InputJsonObject;
  readonly after: Prisma.InputJsonObject;
}

/** What two states of a thing differ in, for the audit log; nothing where they are alike. */
export function changedValues(
  before: Prisma.InputJsonObject,
  after: Prisma.InputJsonObject,
): ChangedValues | undefined {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return undefined;
  const only = (values: Prisma.InputJsonObject): Prisma.InputJsonObject =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { before: only(before), after: only(after) };
}
