import type { Role } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { ensureWorkspace } from './services/ensure-workspace.ts';
import { makeKey } from './services/make-key.ts';

export { ensureFirstAdmin } from './services/ensure-first-admin.ts';

/** A key of the local installation, for whoever can read its database anyway: `./transcode token`. */
export async function createApiKey(
  db: Database,
  { role, name = 'Command line' }: { role: Role; name?: string },
): Promise<{ id: string; key: string }> {
  const workspace = await ensureWorkspace(db);
  const { row, key } = await makeKey(db, { name, role, workspaceId: workspace.id, createdById: null });
  await db.audit.create({
    data: { action: 'key.create', target: row.id, workspaceId: workspace.id, details: { name, role, local: true } },
  });
  return { id: row.id, key };
}
