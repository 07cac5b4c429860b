import { workWords, type ControlView, type WorkerState, type WorkerView } from '@transcode/contracts';

export const STATE_WORDS: Record<WorkerState, string> = {
  active: 'Active',
  paused: 'Paused',
  draining: 'Draining',
  quarantined: 'In quarantine',
  stopped: 'Stopped',
};

/** What an operator has stopped: `everything`, `light work`, `worker-1`. */
export function scopeWords(scope: string): string {
  if (scope === 'all') return 'everything';
  if (scope.startsWith('worker:')) return scope.slice('worker:'.length);
  const taskClass = scope.slice('class:'.length);
  if (taskClass === 'cpu' || taskClass === 'gpu' || taskClass === 'light' || taskClass === 'maintenance')
    return workWords(taskClass);
  return scope;
}

/** `Everything is paused`, `CPU work drains`. */
export function controlWords({ scope, state }: Pick<ControlView, 'scope' | 'state'>): string {
  const what = scopeWords(scope);
  // A worker's name stays as it is.
  const subject = scope.startsWith('worker:') ? what : what.charAt(0).toUpperCase() + what.slice(1);
  return `${subject} ${state === 'paused' ? 'is paused' : 'drains'}`;
}

interface Sum {
  readonly slots: number;
  readonly used: number;
  /** `3 active`, `1 paused`; states that no worker is in are left out. */
  readonly states: readonly string[];
}

/** All living workers in figures. */
export function sumWorkers(workers: readonly Pick<WorkerView, 'state' | 'slots'>[]): Sum {
  const alive = workers.filter(({ state }) => state !== 'stopped');
  const slots = alive.flatMap((worker) => worker.slots);
  const states = (['active', 'paused', 'draining', 'quarantined'] as const).flatMap((state) => {
    const count = alive.filter((worker) => worker.state === state).length;
    return count === 0 ? [] : [`${count} ${STATE_WORDS[state].toLowerCase()}`];
  });
  return {
    slots: slots.reduce((sum, { total }) => sum + total, 0),
    used: slots.reduce((sum, { used }) => sum + used, 0),
    states,
  };
}
