import type { Claim } from './claim.ts';
import type { Transaction } from '../database.ts';
import type { AttemptOutcome } from '../generated/client.ts';

interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly failureCode?: string;
  readonly failureText?: string;
}

/** Writes down how a claim ended, in the transaction that ends it. */
export async function endAttempt(tx: Transaction, { task, token }: Claim, end: AttemptEnd): Promise<void> {
  const { outcome, failureCode = null, failureText = null } = end;
  await tx.$executeRaw`
    UPDATE "TaskAttempt" SET
      "endedAt" = now(), "outcome" = ${outcome}::"AttemptOutcome",
      "failureCode" = ${failureCode}, "failureText" = ${failureText}
    WHERE "taskId" = ${task.id}::uuid AND "token" = ${token}`;
}
