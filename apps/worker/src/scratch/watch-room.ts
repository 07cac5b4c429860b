import { SCRATCH } from '@transcode/contracts';
import type { Logger } from '@transcode/telemetry';
import type { Intake } from '../intake.ts';
import type { Scratch } from './open-scratch.ts';

export interface RoomWatch {
  /** Looks now. */
  look(): Promise<void>;
  stop(): void;
}

const REASON = 'scratch';

/** Keeps the worker from taking tasks while its scratch has no room for one, and lets it go on by itself when there is. */
export function watchRoom(scratch: Scratch, intake: Pick<Intake, 'hold' | 'release'>, log: Logger): RoomWatch {
  const look = async (): Promise<void> => {
    try {
      const lack = await scratch.lack();
      if (lack === undefined) intake.release(REASON);
      else intake.hold(REASON, lack);
    } catch (error) {
      log.warn({ err: error }, 'The room of the scratch folder is not known');
    }
  };
  const timer = setInterval(() => void look(), SCRATCH.lookMs);
  return { look, stop: () => clearInterval(timer) };
}
