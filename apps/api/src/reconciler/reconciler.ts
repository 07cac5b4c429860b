import { setTimeout as pause } from 'node:timers/promises';
import { ELECTION_BEAT_MS, RECONCILER_STEPS, type ReconcilerStep } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';
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
  isElected(): boolean;
} {
  const { log } = services;
  const stopping = new AbortController();
  const election = new Election(databaseUrl, log);
  const turn = { goesOn: () => election.isElected && !stopping.signal.aborted };

  async function take(name: ReconcilerStep, step: Step): Promise<void> {
    if (!turn.goesOn()) return;
    const began = performance.now();
    try {
      await step.run(turn);
      measure.observe('reconcilerStepSeconds', { step: name }, (performance.now() - began) / 1000);
    } catch (error) {
      measure.count('reconcilerStepErrorsTotal', { step: name });
      log.event(
        'error',
        'reconciler_step_failed',
        { err: error, step: name },
        'A step of the reconciler failed and is tried again in its next round',
      );
    }
  }

  async function repeat(everyMs: number, work: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      await work();
      // Rejects only because it is stopped, and then the loop ends.
      await pause(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const steps = reconcilerSteps(services, { database: election, historyKeptMs });
  const ended = Promise.all([
    repeat(ELECTION_BEAT_MS, () => election.beat()),
    ...RECONCILER_STEPS.map((name) => repeat(steps[name].everyMs, () => take(name, steps[name]))),
  ]);
  return {
    isElected: () => election.isElected,
    stop: async () => {
      stopping.abort();
      await ended;
      await election.resign();
    },
  };
}
