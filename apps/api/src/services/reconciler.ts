import { RECONCILE_MS } from '@transcode/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '../context.ts';
import { Election } from './election.ts';
import { reconcileSteps } from './reconcile-steps.ts';

interface ReconcilerOptions {
  readonly databaseUrl: string;
  readonly services: Services;
  readonly everyMs?: number;
}

/**
 * Looks after what fell between the chairs: tasks of dead workers, deliveries that Redis lost, uploads nobody finished. It runs in
 * every replica and works in the one that is elected.
 */
export function startReconciler({ databaseUrl, services, everyMs = RECONCILE_MS }: ReconcilerOptions): {
  stop(): Promise<void>;
} {
  const { log } = services;
  const stopping = new AbortController();
  const election = new Election(databaseUrl, log);
  const steps = reconcileSteps(services);

  async function round(): Promise<void> {
    if (!(await election.isElected())) return;
    for (const [name, step] of Object.entries(steps)) {
      if (stopping.signal.aborted) return;
      try {
        await step();
      } catch (error) {
        log.error({ err: error, step: name }, 'A step of the reconciler failed and is tried again in the next round');
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await round();
      // Rejects only because it is stopped, and then the loop ends.
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await election.resign();
  }

  const ended = run();
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}
