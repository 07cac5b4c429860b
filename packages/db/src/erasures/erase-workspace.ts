import type { Database, Transaction } from '../database.ts';
import { emptyOperations } from '../operations/empty-operations.ts';
import { countErased, endErasure, type Subject } from './count-erased.ts';
import { emptyAudit } from './strip-audit.ts';

/** Videos, with all that hangs on them, in one statement. */
const AT_ONCE = 200;

/** From here on it is not there for anybody: nobody is in it, and its keys open nothing. False: it is not there already. */
export async function closeWorkspace(tx: Transaction, id: string): Promise<boolean> {
  const { count } = await tx.workspace.updateMany({ where: { id, erasingAt: null }, data: { erasingAt: new Date() } });
  if (count === 0) return false;
  const members = await tx.membership.deleteMany({ where: { workspaceId: id } });
  const keys = await tx.apiKey.deleteMany({ where: { workspaceId: id } });
  await countErased(tx, workspace(id), { rows: members.count + keys.count, objects: 0 });
  return true;
}

/** Whether something may still write for it: a video or an upload that was not given up and swept. */
export async function isWorkspaceBusy(db: Database | Transaction, id: string): Promise<boolean> {
  const [videos, jobs, uploads] = await Promise.all([
    db.video.count({ where: { workspaceId: id, state: { not: 'deleted' } } }),
    db.job.count({ where: { workspaceId: id, sweptAt: null } }),
    db.upload.count({ where: { workspaceId: id, state: { not: 'complete' }, sweptAt: null } }),
  ]);
  return videos + jobs + uploads > 0;
}

/** Removes its rows but its own, which is left without its name, and whatever the audit log says of it but who did what. */
export async function emptyWorkspace(db: Database, id: string): Promise<void> {
  for (let videos = AT_ONCE; videos === AT_ONCE;) {
    videos = await db.$executeRaw`
      DELETE FROM "Video" WHERE "id" IN (SELECT "id" FROM "Video" WHERE "workspaceId" = ${id}::uuid LIMIT ${AT_ONCE})`;
    await countErased(db, workspace(id), { rows: videos, objects: 0 });
  }
  await db.$transaction(
    async (tx) => {
      const counts = [
        await forgetNames(tx, id),
        await emptyAudit(tx, id),
        await emptyOperations(tx, id),
        (await tx.upload.deleteMany({ where: { workspaceId: id } })).count,
        (await tx.preset.deleteMany({ where: { workspaceId: id } })).count,
        (await tx.membership.deleteMany({ where: { workspaceId: id } })).count,
        (await tx.apiKey.deleteMany({ where: { workspaceId: id } })).count,
        (await tx.workspace.updateMany({ where: { id, name: { not: id } }, data: { name: id } })).count,
      ];
      const rows = counts.reduce((sum, count) => sum + count, 0);
      await countErased(tx, workspace(id), { rows, objects: 0 });
    },
    { timeout: LONG_MS },
  );
}

/** The audit log of a large one may be long. */
const LONG_MS = 120_000;

const workspace = (subjectId: string): Subject => ({ kind: 'workspace', subjectId });

/** Ends the erasure of a workspace of which nothing but its row is left. False: something has come to it since. */
export async function endWorkspace(db: Database, id: string, objects: number): Promise<boolean> {
  return db.$transaction(async (tx) => {
    // Whoever puts something into it waits here, and then finds no workspace.
    await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE "id" = ${id}::uuid FOR UPDATE`;
    if (
      (await tx.video.count({ where: { workspaceId: id } })) + (await tx.upload.count({ where: { workspaceId: id } }))
    )
      return false;
    const { count: rows } = await tx.workspace.deleteMany({ where: { id } });
    await countErased(tx, workspace(id), { rows, objects });
    await endErasure(tx, workspace(id));
    return true;
  });
}

/** All that it was ever called, where accounts were told to belong to it. */
async function forgetNames(tx: Transaction, id: string): Promise<number> {
  const found = await tx.$queryRaw<{ name: string | null }[]>`
    SELECT "name" FROM "Workspace" WHERE "id" = ${id}::uuid
    UNION SELECT "details"->>'name' FROM "Audit" WHERE "target" = ${id} AND "action" LIKE 'workspace.%'
    UNION SELECT "details"->'before'->>'name' FROM "Audit" WHERE "target" = ${id} AND "action" LIKE 'workspace.%'`;
  const names = found.flatMap(({ name }) => name ?? []);
  let changed = 0;
  for (const side of ['before', 'after'])
    changed += await tx.$executeRaw`
      UPDATE "Audit" SET "details" = jsonb_set("details", ARRAY[${side}::text, 'workspaces'], ("details"->${side}::text->'workspaces') - ${names}::text[])
      WHERE "action" IN ('user.create', 'user.update') AND jsonb_typeof("details"->${side}::text->'workspaces') = 'array'
        AND ("details"->${side}::text->'workspaces') ?| ${names}::text[]`;
  return changed;
}
