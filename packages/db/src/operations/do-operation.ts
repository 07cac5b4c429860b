import type { OperationKind } from '@transcode/contracts';
import type { Database } from '../database.ts';
import type { Operation, Prisma } from '../generated/client.ts';
import { emptyErased } from './empty-operations.ts';

/** The next that somebody asked for; it is ours from here on. */
export async function takeOperation(db: Database): Promise<Operation | undefined> {
  const [row] = await db.$queryRaw<Operation[]>`
    UPDATE "Operation" SET "state" = 'running', "startedAt" = now() WHERE "id" = (
      SELECT "id" FROM "Operation" WHERE "state" = 'queued' ORDER BY "id" LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING *`;
  return row;
}

/** One that nobody asked for: its time has come. Undefined where one of its kind is open already. */
export async function beginOperation(db: Database, kind: OperationKind): Promise<Operation | undefined> {
  const data = [{ kind, state: 'running', startedAt: new Date() } as const];
  const [made] = await db.operation.createManyAndReturn({ data, skipDuplicates: true });
  return made;
}

/** Which step it is at. */
export async function tellStep(
  db: Database,
  id: string,
  { step, doing }: { step: number; doing: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE "Operation" SET "step" = ${step}, "doing" = ${doing}, "steps" = "steps" || jsonb_build_array(jsonb_build_object(
      'at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'doing', ${doing}::text))
    WHERE "id" = ${id}::uuid AND "state" = 'running'`;
}

/** Whether somebody wants it to stop. */
export async function isOperationCanceled(db: Database, id: string): Promise<boolean> {
  const row = await db.operation.findUnique({ where: { id }, select: { canceledBy: true } });
  return row !== null && row.canceledBy !== null;
}

interface Ending {
  state: 'completed' | 'failed' | 'canceled';
  sentence: string | undefined;
  /** What it found, by its kind. */
  result?: Prisma.InputJsonObject;
}

/** It is over. */
export async function endOperation(db: Database, id: string, { state, sentence, result }: Ending): Promise<void> {
  await db.operation.updateMany({
    where: { id, state: 'running' },
    data: { state, sentence: sentence ?? null, doing: null, endedAt: new Date(), ...(result && { result }) },
  });
  if (result !== undefined) await emptyErased(db, id);
}

/** Whoever did them is gone: what was running will not end by itself. */
export async function breakOffOperations(db: Database, sentence: string): Promise<number> {
  const { count } = await db.operation.updateMany({
    where: { state: 'running' },
    data: { state: 'failed', sentence, doing: null, endedAt: new Date() },
  });
  return count;
}
