import type { AuditView } from '@transcode/contracts';
import type { Audit, Database, Prisma } from '@transcode/db';
import * as z from 'zod';
import type { SignedInContext } from '../context.ts';
import { auditView, type KnownNames } from '../views/audit-view.ts';
import { earliestIdAt } from './earliest-id-at.ts';
import { toPage } from './page.ts';
import { visibleTo } from './visible.ts';

export interface AuditFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** A person's or a key's id. */
  readonly actor?: string | undefined;
  readonly action?: readonly string[] | undefined;
  readonly target?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Ids are made by the API's clock, the time by the database's: so far they may be apart, in milliseconds. */
const CLOCKS_APART_MS = 60_000;

/** Who did what, newest first. */
export async function listAudit(
  { services: { db }, identity }: SignedInContext,
  { limit, ...filter }: AuditFilter,
): Promise<{ items: AuditView[]; nextCursor: string | null }> {
  const rows = await db.audit.findMany({
    where: { AND: [visibleTo(identity), ...conditionsOf(filter)] },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = toPage(rows, limit);
  const names = await namesIn(db, page.items);
  return { items: page.items.map((row) => auditView(row, names)), nextCursor: page.nextCursor };
}

function conditionsOf({
  cursor,
  actor,
  action,
  target,
  since,
  until,
}: Omit<AuditFilter, 'limit'>): Prisma.AuditWhereInput[] {
  const from = since === undefined ? undefined : new Date(since);
  const to = until === undefined ? undefined : new Date(until);
  return [
    ...(cursor === undefined ? [] : [{ id: { lt: cursor } }]),
    ...(actor === undefined ? [] : [{ OR: [{ actorUserId: actor }, { actorKeyId: actor }] }]),
    ...(action === undefined ? [] : [{ action: { in: [...action] } }]),
    ...(target === undefined ? [] : [{ target }]),
    // The ids narrow what is read, the times decide.
    ...(from === undefined ? [] : [{ at: { gte: from }, id: { gte: earliestIdAt(from.getTime() - CLOCKS_APART_MS) } }]),
    ...(to === undefined ? [] : [{ at: { lt: to }, id: { lt: earliestIdAt(to.getTime() + CLOCKS_APART_MS) } }]),
  ];
}

async function namesIn(db: Database, rows: readonly Audit[]): Promise<KnownNames> {
  const idsOf = (pick: (row: Audit) => string | null): string[] => [...new Set(rows.flatMap((row) => pick(row) ?? []))];
  const people = idsOf((row) => (row.action.startsWith('auth.') && isId(row.target) ? row.target : null));
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
