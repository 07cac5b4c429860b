import type { Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';
import type { Intake } from './intake.ts';

export interface StorageWatch {
  /** A task ended because the storage was away. */
  missed(reason: string): void;
  stop(): void;
}

const LOOK_MS = 1_000;
const REASON = 'storage';

/** While the storage is away each task that is taken would be lost as well: the worker takes nothing until it answers again. */
export function watchStorage(
  storage: Pick<Storage, 'health'>,
  intake: Pick<Intake, 'hold' | 'release'>,
  log: Logger,
): StorageWatch {
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      await storage.health();
      clearInterval(timer);
      timer = undefined;
      log.info('The storage answers again');
      intake.release(REASON);
    } catch (error) {
      log.debug({ err: error }, 'The storage still does not answer');
    } finally {
      looking = false;
    }
  };
  return {
    missed: (reason) => {
      intake.hold(REASON, reason);
      timer ??= setInterval(() => void look(), LOOK_MS);
    },
    stop: () => clearInterval(timer),
  };
}
