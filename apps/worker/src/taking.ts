import type { Consumer } from '@transcode/queue';
import type { Logger } from '@transcode/telemetry';

/** Whether a worker takes tasks: it does as long as nothing speaks against it. */
export interface Taking {
  /** Sentences that say why nothing is taken, by what they are about; empty where the worker takes tasks. */
  reasons(): Readonly<Record<string, string>>;
  /** From now on nothing is taken; what is under way goes on. */
  hold(about: string, reason: string): Promise<void>;
  release(about: string): Promise<void>;
}

export function createTaking(consumers: readonly Consumer[], log: Logger): Taking {
  const reasons = new Map<string, string>();
  return {
    reasons: () => Object.fromEntries(reasons),
    hold: async (about, reason) => {
      const isNew = !reasons.has(about);
      reasons.set(about, reason);
      if (!isNew) return;
      log.warn({ about }, `The worker takes nothing: ${reason}`);
      await Promise.all(consumers.map((consumer) => consumer.pause()));
    },
    release: async (about) => {
      if (!reasons.delete(about) || reasons.size > 0) return;
      log.info({ about }, 'The worker takes tasks again');
      await Promise.all(consumers.map((consumer) => consumer.resume()));
    },
  };
}
