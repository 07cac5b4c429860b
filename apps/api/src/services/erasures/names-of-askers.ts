import type { Database, Erasure } from '@transcode/db';
import type { KnownNames } from '../../views/audit-view.ts';

/** The names of those who asked for erasures, as far as their accounts and keys are there. */
export async function namesOfAskers(db: Database, rows: readonly Erasure[]): Promise<KnownNames> {
  const idsOf = (pick: (row: Erasure) => string | null): string[] => [
    ...new Set(rows.flatMap((row) => pick(row) ?? [])),
  ];
  const [users, keys] = await Promise.all([
    db.user.findMany({ where: { id: { in: idsOf((row) => row.askedByUserId) } }, select: { id: true, name: true } }),
    db.apiKey.findMany({ where: { id: { in: idsOf((row) => row.askedByKeyId) } }, select: { id: true, name: true } }),
  ]);
  return new Map([...users, ...keys].map(({ id, name }) => [id, name]));
}
