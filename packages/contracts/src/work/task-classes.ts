import type { WorkScope } from './work-scope.ts';

// Without zod, for pages that only compare them.

/** What a worker does; a process serves one or more. */
export const TASK_CLASSES = ['cpu', 'gpu', 'light', 'maintenance'] as const;

/** The scope that a text is; undefined where it is none. */
export function workScopeOf(text: string): WorkScope | undefined {
  if (text === 'all') return text;
  const taskClass = TASK_CLASSES.find((one) => text === `class:${one}`);
  if (taskClass !== undefined) return `class:${taskClass}`;
  return text.startsWith('worker:') ? `worker:${text.slice('worker:'.length)}` : undefined;
}
