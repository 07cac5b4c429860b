import type { ChildProcess } from 'node:child_process';

/** Short against the minutes in which a machine's speed changes, long against the switch from one process to another. */
const TURN_MS = 500;

/** Runs processes one after another, and gives each to `onStart` as it starts. */
export type Side<T> = (onStart: (child: ChildProcess) => void) => Promise<T>;

/**
 * Runs all sides at once, but lets one go on at a time while the others' processes are stopped, in turns of half a second. So each meets
 * the same machine, whose speed others change by a tenth from one minute to the next. Resolves to what each side resolves to.
 */
export async function inTurns<T>(sides: readonly Side<T>[]): Promise<T[]> {
  const running = new Map<Side<T>, ChildProcess | undefined>(sides.map((side) => [side, undefined]));
  let turn = sides[0];
  const passOn = (): void => {
    const waiting = [...running.keys()];
    turn = waiting[(waiting.findIndex((side) => side === turn) + 1) % waiting.length];
    for (const [side, child] of running) child?.kill(side === turn ? 'SIGCONT' : 'SIGSTOP');
  };
  const timer = setInterval(passOn, TURN_MS);
  try {
    return await Promise.all(
      sides.map(async (side) => {
        const value = await side((child) => {
          running.set(side, child);
          if (side !== turn) child.kill('SIGSTOP');
        });
        running.delete(side);
        if (side === turn) passOn();
        return value;
      }),
    );
  } finally {
    clearInterval(timer);
    for (const child of running.values()) child?.kill('SIGKILL');
  }
}
