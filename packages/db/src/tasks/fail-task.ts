import type { Claim } from './claim.ts';
import type { Database } from '../database.ts';
import { settleFailure, type FailureOutcome, type TaskFailure } from './settle-failure.ts';

export type { FailureOutcome, TaskFailure } from './settle-failure.ts';

/** Tells that the work on a claim failed. The error's code says whose fault it was, and that decides what comes next. */
export function failTask(db: Database, claim: Claim, failure: TaskFailure): Promise<FailureOutcome> {
  return db.$transaction((tx) => settleFailure(tx, claim, failure, { onlyIfExpired: false }));
}
