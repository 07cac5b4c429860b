import { TranscodeError } from '@transcode/contracts';
import type { Transaction, Workspace } from '@transcode/db';

/** Those workspaces, every one of which has to be there. */
export async function demandWorkspaces(tx: Transaction, ids: readonly string[]): Promise<Workspace[]> {
  const wanted = [...new Set(ids)];
  const workspaces = await tx.workspace.findMany({
    where: { id: { in: wanted }, erasingAt: null },
    orderBy: { id: 'asc' },
  });
  if (workspaces.length < wanted.length) throw new TranscodeError('not_found', { what: 'workspace' });
  return workspaces;
}
