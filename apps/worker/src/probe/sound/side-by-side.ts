import type { Trial } from '../try-ffmpeg.ts';

/** Sounds that are tried at a time: one that hangs holds up the others no longer than it has to. */
export const AT_A_TIME = 4;

/** Tries each of these, some at a time. Where one try throws the others are ended, and it is what is thrown. */
export async function sideBySide<T>(
  run: Trial,
  each: readonly T[],
  attempt: (one: T, run: Trial) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const either = { ...run, signal: AbortSignal.any([run.signal, stop.signal]) };
  const waiting = each.values();
  const takeTurns = async (): Promise<void> => {
    try {
      for (const one of waiting) await attempt(one, either);
    } catch (error) {
      stop.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, each.length) }, takeTurns));
  run.signal.throwIfAborted();
  stop.signal.throwIfAborted();
}
