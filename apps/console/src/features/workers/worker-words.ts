import { isThere, workWords, type ControlView, type WorkerState, type WorkerView } from '@transcode/contracts';
import { formatSpan } from '@transcode/ui';

export const STATE_WORDS: Record<WorkerState, string> = {
  active: 'Active',
  paused: 'Paused',
  draining: 'Draining',
  drained: 'Drained',
  quarantined: 'In quarantine',
  stopped: 'Stopped',
  gone: 'Gone',
};

/** What keeps its ffmpegs from the network and from files that are not theirs. */
export function wallWords(walls: WorkerView['walls']): string {
  if (walls === null) return 'not told';
  if (walls.length === 2) return 'a network of its own, and Landlock';
  if (walls[0] === 'namespace') return 'a network of its own; it may read what its user can';
  return walls[0] === 'landlock' ? 'Landlock' : 'nothing: it has the network and the files of its user';
}

/** What an operator has stopped: `everything`, `light work`, `worker-1`. */
export function scopeWords(scope: string): string {
  if (scope === 'all') return 'everything';
  if (scope.startsWith('worker:')) return scope.slice('worker:'.length);
  const taskClass = scope.slice('class:'.length);
  if (taskClass === 'cpu' || taskClass === 'gpu' || taskClass === 'light' || taskClass === 'maintenance')
    return workWords(taskClass);
  return scope;
}

/** `Everything is paused`, `CPU work drains`, and is drained once nothing of it runs any more. */
export function controlWords({ scope, state }: Pick<ControlView, 'scope' | 'state'>, running?: number): string {
  const what = scopeWords(scope);
  // A worker's name stays as it is.
  const subject = scope.startsWith('worker:') ? what : what.charAt(0).toUpperCase() + what.slice(1);
  if (state === 'paused') return `${subject} is paused`;
  if (running === undefined) return `${subject} takes no new tasks`;
  return `${subject} ${running > 0 ? 'drains' : 'is drained'}`;
}

interface Sum {
  readonly slots: number;
  readonly used: number;
  /** `3 active`, `1 paused`; states that no worker is in are left out. */
  readonly states: readonly string[];
}

/** All living workers in figures. */
export function sumWorkers(workers: readonly Pick<WorkerView, 'state' | 'slots'>[]): Sum {
  const alive = workers.filter(({ state }) => isThere(state));
  const slots = alive.flatMap((worker) => worker.slots);
  const states = (['active', 'paused', 'draining', 'drained', 'quarantined'] as const).flatMap((state) => {
    const count = alive.filter((worker) => worker.state === state).length;
    return count === 0 ? [] : [`${count} ${STATE_WORDS[state].toLowerCase()}`];
  });
  return {
    slots: slots.reduce((sum, { total }) => sum + total, 0),
    used: slots.reduce((sum, { used }) => sum + used, 0),
    states,
  };
}

/** How much runs in a scope, whoever's it is. */
export function runningIn(scope: string, workers: readonly Pick<WorkerView, 'id' | 'slots'>[]): number {
  return workers
    .flatMap(({ id, slots }) => slots.map((slot) => ({ id, ...slot })))
    .filter((slot) => scope === 'all' || scope === `worker:${slot.id}` || scope === `class:${slot.class}`)
    .reduce((sum, { used }) => sum + used, 0);
}

/** Why one is taken for gone. */
export function goneWords({ silentSeconds }: NonNullable<WorkerView['gone']>): string {
  return `no heartbeat for ${formatSpan(silentSeconds)}, and no word that it stops`;
}
