import type { PlannedFault } from './schedule.ts';
import type { World } from './world.ts';

/** One way of hurting an installation. */
export interface Fault {
  /**
   * From when the next ffmpeg is waited for: the blow itself, or its end where nobody could work meanwhile, as without storage.
   */
  readonly clock: 'strike' | 'heal';
  /** Chooses whom it will be; may wait for a moment in which it hurts. */
  aim(world: World, planned: PlannedFault): Promise<Blow> | Blow;
}

export interface Blow {
  /** Who is hurt, and how: `SIGKILL worker-2 (pid 4711)`. */
  readonly what: string;
  strike(): Promise<unknown> | void;
  /** Undoes it when its time has come, and waits until who was hurt is back. */
  heal(): Promise<void> | void;
}

const RECOVERY_MS = 60_000;

/** Waits for a process that was hurt; one that does not come back by itself is a broken promise. */
export async function demandBack(process: World['workers'][number]): Promise<void> {
  if (!(await process.ready(RECOVERY_MS)))
    throw new Error(`${process.name} was not ready ${RECOVERY_MS / 1000} s later`);
}
