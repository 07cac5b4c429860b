import { SCRATCH } from '@transcode/contracts';
import { lackOfRoom, type Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';
import type { Intake } from '../intake.ts';
import type { Scratch } from './open-scratch.ts';

export interface RoomWatch {
  /** Looks now. */
  look(): Promise<void>;
  stop(): void;
}

interface Disks {
  readonly scratch: Pick<Scratch, 'lack'>;
  readonly storage: Pick<Storage, 'room'>;
}

/** Keeps the worker from taking tasks while its scratch or the storage has no room, and lets it go on by itself when there is. */
export function watchRoom(
  { scratch, storage }: Disks,
  intake: Pick<Intake, 'hold' | 'release'>,
  log: Logger,
): RoomWatch {
  const heed = async (about: string, ask: () => Promise<string | undefined>): Promise<void> => {
    try {
      const lack = await ask();
      if (lack === undefined) intake.release(about);
      else intake.hold(about, lack);
    } catch (error) {
      log.warn({ err: error, about }, 'The room of a disk is not known');
    }
  };
  const look = async (): Promise<void> => {
    await Promise.all([
      heed('scratch', () => scratch.lack()),
      heed('storage room', async () => lackOfRoom('the storage', await storage.room())),
    ]);
  };
  const timer = setInterval(() => void look(), SCRATCH.lookMs);
  return { look, stop: () => clearInterval(timer) };
}
