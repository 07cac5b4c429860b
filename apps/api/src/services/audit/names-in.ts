import type { Audit, Database } from '@transcode/db';
import * as z from 'zod';
import type { KnownNames } from '../../views/audit-view.ts';

/** The names of the people, keys and workspaces that entries of the audit log are about. */
export async function namesIn(db: Database, rows: readonly Audit[]): Promise<KnownNames> {
  const idsOf = (pick: (row: Audit) => string | null): string[] => [...new Set(rows.flatMap((row) => pick(row) ?? []))];
  const people = idsOf((row) => (/^(auth|user|workspace)\./.test(row.action) && isId(row.target) ? row.target : null));
  const [users, keys, workspaces] = await Promise.all([
    db.user.findMany({
      where: { id: { in: [...idsOf((row) => row.actorUserId), ...people] } },
      select: { id: true, name: true },
    }),
    db.apiKey.findMany({ where: { id: { in: idsOf((row) => row.actorKeyId) } }, select: { id: true, name: true } }),
    db.workspace.findMany({ where: { id: { in: idsOf((row) => row.workspaceId) } }, select: { id: true, name: true } }),
  ]);
  return new Map([...users, ...keys, ...workspaces].map(({ id, name }) => [id, name]));
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success;
}
