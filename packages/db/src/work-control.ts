import type { ControlState, WorkScope } from '@transcode/contracts';
import type { Transaction } from './database.ts';
import type { WorkControl } from './generated/client.ts';

/** From the next claim on no task in this scope is taken; its workers hear of it with their next heartbeat. */
export async function setControl(
  tx: Transaction,
  { scope, state, by }: { scope: WorkScope; state: ControlState; by: string },
): Promise<WorkControl> {
  const [row] = await tx.$queryRaw<WorkControl[]>`
    INSERT INTO "WorkControl" ("scope", "state", "by", "at") VALUES (${scope}, ${state}::"ControlState", ${by}, now())
    ON CONFLICT ("scope") DO UPDATE SET "state" = EXCLUDED."state", "by" = EXCLUDED."by", "at" = EXCLUDED."at"
    RETURNING *`;
  if (row === undefined) throw new Error('The control was not written.');
  return row;
}

/** Undoes it; other scopes that a worker is in still count. False: there was nothing to undo. */
export async function liftControl(tx: Transaction, scope: WorkScope): Promise<boolean> {
  const { count } = await tx.workControl.deleteMany({ where: { scope } });
  return count > 0;
}
