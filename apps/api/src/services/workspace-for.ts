import { TranscodeError } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { found, maySee } from './visible.ts';

/** The workspace that something new goes to: the one asked for, else the first that one may see. */
export async function workspaceFor(
  { services, identity }: SignedInContext,
  wanted: string | undefined,
): Promise<string> {
  const { workspaceIds } = identity;
  if (wanted !== undefined && !maySee(identity, wanted)) throw new TranscodeError('not_found', { what: 'workspace' });
  const workspace = await services.db.workspace.findFirst({
    where: wanted !== undefined ? { id: wanted } : workspaceIds === 'all' ? {} : { id: { in: workspaceIds } },
    orderBy: { id: 'asc' },
  });
  return found(workspace, 'workspace').id;
}
