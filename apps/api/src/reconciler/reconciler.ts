import { setTimeout as pause } from 'node:timers/promises';
import { ELECTION_BEAT_MS } from '@transcode/contracts';
import type { Services } from '../context.ts';
import { Election } from './election.ts';
import type { Step } from './step.ts';
import { reconcilerSteps } from './steps.ts';

interface ReconcilerOptions {
  readonly databaseUrl: string;
  /** Rows of what was over before that are removed. */
  readonly historyKeptMs: number;
  readonly services: Services;
}

/**
 * Looks after what fell between the chairs: tasks of dead workers, deliveries that Redis lost, uploads nobody finished, objects
 * nobody needs. It runs in every replica and works in the one that is elected.
 */
export function startReconciler({ databaseUrl, historyKeptMs, services }: ReconcilerOptions): {
  stop(): Promise<void>;
} {
  const { log } = services;
  const stopping = new AbortController();
  const election = new Election(databaseUrl, log);
  const turn = { goesOn: () => election.isElected && !stopping.signal.aborted };

  async function take(name: string, step: Step): Promise<void> {
    if (!turn.goesOn()) return;
    try {
      await step.run(turn);
    } catch (error) {
      log.error({ err: error, step: name }, 'A step of the reconciler failed and is tried again in its next round');
    }
  }

  async function repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      await work();
      // Rejects only because it is stopped, and then the loop ends.
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const steps = Object.entries(reconcilerSteps(services, { database: election, historyKeptMs }));
  const ended = Promise.all([
    repeat(ELECTION_BEAT_MS, () => election.beat()),
    ...steps.map(([name, step]) => repeat(step.everyMs, () => take(name, step))),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
      await election.resign();
    },
  };
}
