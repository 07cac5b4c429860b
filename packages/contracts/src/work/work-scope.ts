import * as z from 'zod';
import { TaskClass } from './stages.ts';
import { isText } from '../text.ts';

/** Of printed characters of one place each, so that all count them alike. */
const WORKER_ID = /^[\u0020-\u007e\u00a0-\ud7ff\ue000-\uffff]{1,120}$/;

/** Which workers an operator means: `all`, those of a class, `class:cpu`, or one, `worker:<id>`. */
export const WorkScope = z.union([
  z.literal('all'),
  z.templateLiteral(['class:', TaskClass]),
  z.templateLiteral(['worker:', z.string().regex(WORKER_ID)]).check(isText),
]);
export type WorkScope = z.infer<typeof WorkScope>;

/** The scopes that a worker is in with its tasks of one class. */
export function scopesOf(workerId: string, taskClass: TaskClass): WorkScope[] {
  return ['all', `class:${taskClass}`, `worker:${workerId}`];
}
