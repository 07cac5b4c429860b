// Without zod, for pages that only name them.

/**
 * `active`: it takes tasks. `paused`, `draining`: of all its classes. `drained`: nothing is left to be done of what it had. `stopped`: it said
 * so. `gone`: it was silent for too long.
 */
export const WORKER_STATES = ['active', 'paused', 'draining', 'drained', 'quarantined', 'stopped', 'gone'] as const;

/** Whether a worker is there at all. */
export function isThere(state: (typeof WORKER_STATES)[number]): boolean {
  return state !== 'stopped' && state !== 'gone';
}
