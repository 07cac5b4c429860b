import * as z from 'zod';
import { TaskClass } from './stages.ts';

/** Which workers an operator means: `all`, those of a class, `class:cpu`, or one, `worker:<id>`. */
export const WorkScope = z.union([
  z.literal('all'),
  z.templateLiteral(['class:', TaskClass]),
  z.templateLiteral(['worker:', z.string().min(1).max(120)]),
]);
export type WorkScope = z.infer<typeof WorkScope>;

/** The scopes that a worker is in with its tasks of one class. */
export function scopesOf(workerId: string, taskClass: TaskClass): WorkScope[] {
  return ['all', `class:${taskClass}`, `worker:${workerId}`];
}
