import { TranscodeError } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import type { Principal } from '../../identity/principal.ts';
import { found, maySee } from './visible.ts';

/**
 * The workspace that something new goes to: the one asked for, else a key's own, else the oldest that one belongs to, else the oldest that
 * one may see.
 */
export async function workspaceFor(db: Database, principal: Principal, wanted: string | undefined): Promise<string> {
  const { id, workspaceIds, home } = principal;
  if (wanted !== undefined && !maySee(principal, wanted)) throw new TranscodeError('not_found', { what: 'workspace' });
  const named = wanted ?? home;
  const seen = named !== undefined ? { id: named } : workspaceIds === 'all' ? {} : { id: { in: workspaceIds } };
  const where = { ...seen, erasingAt: null };
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const;
  const belongsTo = { ...where, members: { some: { userId: id } } };
  const workspace =
    (named === undefined ? await db.workspace.findFirst({ where: belongsTo, orderBy: [...orderBy] }) : null) ??
    (await db.workspace.findFirst({ where, orderBy: [...orderBy] }));
  return found(workspace, 'workspace').id;
}
