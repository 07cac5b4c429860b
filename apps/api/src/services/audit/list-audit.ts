import type { AuditView } from '@transcode/contracts';
import type { Audit, Database, Prisma } from '@transcode/db';
import * as z from 'zod';
import type { SignedInContext } from '../../context.ts';
import { auditView, type StillThere } from '../../views/audit-view.ts';
import { namesIn } from './names-in.ts';
import { earliestIdAt } from '../lists/earliest-id-at.ts';
import { toPage } from '../lists/page.ts';
import { visibleTo } from '../workspaces/visible.ts';

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

type About = NonNullable<AuditView['about']>;

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
  const [names, there] = await Promise.all([namesIn(db, page.items), stillThere(db, page.items)]);
  return { items: page.items.map((row) => auditView(row, names, there)), nextCursor: page.nextCursor };
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

/** What the entries were about can be opened where it was not deleted since. */
async function stillThere(db: Database, rows: readonly Audit[]): Promise<StillThere> {
  const targets = [...new Set(rows.map(({ target }) => target))];
  const id = { in: targets.filter((target) => z.uuid().safeParse(target).success) };
  const names = rows.filter(({ action }) => action.startsWith('preset.')).map(({ target }) => target);
  const workers = targets.flatMap((target) => (target.startsWith('worker:') ? target.slice('worker:'.length) : []));
  const [videos, jobs, presets, keys, users, workspaces, alive] = await Promise.all([
    db.video.findMany({ where: { id, state: { not: 'deleted' } }, select: { id: true } }),
    db.job.findMany({ where: { id, videoDeleted: false }, select: { id: true } }),
    db.preset.findMany({ where: { name: { in: names } }, select: { name: true } }),
    db.apiKey.findMany({ where: { id, revokedAt: null }, select: { id: true } }),
    db.user.findMany({ where: { id }, select: { id: true } }),
    db.workspace.findMany({ where: { id }, select: { id: true } }),
    db.worker.findMany({ where: { id: { in: workers } }, select: { id: true } }),
  ]);
  return new Map([
    ...aboutEach('video', videos),
    ...aboutEach('job', jobs),
    ...aboutEach('key', keys),
    ...aboutEach('user', users),
    ...aboutEach('workspace', workspaces),
    ...aboutEach('worker', alive, 'worker:'),
    ...aboutEach(
      'preset',
      presets.map(({ name }) => ({ id: name })),
    ),
  ]);
}

function aboutEach(kind: About['kind'], found: readonly { readonly id: string }[], prefix = ''): [string, About][] {
  return found.map(({ id }) => [`${prefix}${id}`, { kind, id }]);
}
