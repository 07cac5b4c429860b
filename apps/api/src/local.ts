import type { KeyReach, Role } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { ensureWorkspace } from './services/workspaces/ensure-workspace.ts';
import { makeKey } from './services/keys/make-key.ts';

export { listLocalErasures } from './services/erasures/erasures.ts';
export { listLocalUsers, makeLocalAdmin, resetLocalPassword, unlockLocalUser } from './services/people/local-users.ts';
export { ensureFirstAdmin } from './services/people/ensure-first-admin.ts';

/** A key of the local installation, for whoever can read its database anyway: `./transcode token`. */
export async function createApiKey(
  db: Database,
  { role, reach = 'workspace', name = 'Command line' }: { role: Role; reach?: KeyReach; name?: string },
): Promise<{ id: string; key: string }> {
  const workspace = await ensureWorkspace(db);
  const { row, key } = await makeKey(db, { name, role, reach, workspaceId: workspace.id, behind: 'local' });
  await db.audit.create({
    data: {
      action: 'key.create',
      target: row.id,
      workspaceId: workspace.id,
      details: { name, after: { role, reach }, local: true },
    },
  });
  return { id: row.id, key };
}
