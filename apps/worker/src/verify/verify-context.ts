import type { StageContext } from '../task-context.ts';

/** What verification needs of its task: nothing of the database. */
export type VerifyContext = Pick<StageContext, 'storage' | 'tools' | 'scratch' | 'signal' | 'source' | 'report'>;
