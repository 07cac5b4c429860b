import type { Backup } from '../backup-store.ts';
import type { Drill } from './drill.ts';

/** Does a part of a drill: how long it took counts, whatever became of it. */
export type Step = <T>(name: string, sentence: string, what: () => Promise<T>) => Promise<T>;

interface DrillAbout {
  backup: Backup;
  /** Its version. */
  product: string;
  onStep: (doing: string) => void;
  /** What was wrong, in a sentence. */
  told: (error: unknown) => string;
  signal: AbortSignal;
}

/**
 * Rehearses a loss by steps, and says how long they took together. What is done between and after them is no part of it. One that failed is
 * a drill; one that was broken off is none.
 */
export async function timeDrill(
  { backup, product, onStep, told, signal }: DrillAbout,
  rehearse: (step: Step) => Promise<Pick<Drill, 'video' | 'read'>>,
): Promise<Drill> {
  const at = new Date();
  const steps: Record<string, number> = {};
  const step: Step = async (name, sentence, what) => {
    onStep(sentence);
    const from = performance.now();
    try {
      return await what();
    } finally {
      steps[name] = Math.round((performance.now() - from) / 100) / 10;
    }
  };
  let outcome: Pick<Drill, 'result' | 'reason' | 'video' | 'read'>;
  try {
    outcome = { result: 'good', ...(await rehearse(step)) };
  } catch (error) {
    signal.throwIfAborted();
    outcome = { result: 'bad', reason: told(error).replace(/\.$/, '') };
  }
  const rtoSeconds = Object.values(steps).reduce((sum, seconds) => sum + seconds, 0);
  const rpoSeconds = Math.max(0, Math.round((at.getTime() - new Date(backup.manifest.begunAt).getTime()) / 1_000));
  return { format: 1, at: at.toISOString(), product, backup: backup.id, rtoSeconds, rpoSeconds, steps, ...outcome };
}
