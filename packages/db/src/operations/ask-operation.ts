import type { OperationKind } from '@transcode/contracts';
import type { Transaction } from '../database.ts';
import type { Operation, Prisma } from '../generated/client.ts';

const OPEN = ['queued', 'running'] as const;

interface NewOperation {
  kind: OperationKind;
  by: string;
  /** What it is asked, where its kind alone does not say it. */
  input?: Prisma.InputJsonObject;
}

/** Has it done by whoever runs backups. Where one of its kind is open already, that one is told and nothing is added. */
export async function askOperation(
  tx: Transaction,
  { kind, by, input }: NewOperation,
): Promise<{ operation: Operation; isNew: boolean }> {
  const data = [{ kind, askedBy: by, ...(input && { input }) }];
  for (;;) {
    const [made] = await tx.operation.createManyAndReturn({ data, skipDuplicates: true });
    if (made !== undefined) return { operation: made, isNew: true };
    const open = await tx.operation.findFirst({ where: { kind, state: { in: [...OPEN] } } });
    // It may have ended just between.
    if (open !== null) return { operation: open, isNew: false };
  }
}

/** What waits ends here; what runs hears of it. Undefined where it was over, or somebody had stopped it already. */
export async function cancelOperation(
  tx: Transaction,
  { id, by }: { id: string; by: string },
): Promise<Operation | undefined> {
  const [row] = await tx.$queryRaw<Operation[]>`
    UPDATE "Operation" SET "canceledBy" = ${by},
      "endedAt" = CASE WHEN "state" = 'queued' THEN now() ELSE "endedAt" END,
      "state" = CASE WHEN "state" = 'queued' THEN 'canceled'::"OperationState" ELSE "state" END
    WHERE "id" = ${id}::uuid AND "state" IN ('queued', 'running') AND "canceledBy" IS NULL
    RETURNING *`;
  return row;
}
