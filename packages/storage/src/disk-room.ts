import { statfs } from 'node:fs/promises';
import { DISK_RESERVE, TranscodeError } from '@transcode/contracts';

/** What a disk has, in bytes. Of what is free, so much stays free: databases write there too, and stand still without. */
export interface DiskRoom {
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly reserveBytes: number;
}

/** Of the disk that a folder is on; `reserveBytes` where the default is not wanted. */
export async function diskRoom(folder: string, reserveBytes?: number): Promise<DiskRoom> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const totalBytes = blocks * bsize;
  return { freeBytes: bavail * bsize, totalBytes, reserveBytes: reserveBytes ?? defaultReserve(totalBytes) };
}

/** Throws `disk_reserved` unless so many bytes more leave the reserve alone. `what` names the disk in the sentence. */
export function demandRoom(what: string, room: DiskRoom | undefined, bytes = 1): void {
  if (room === undefined || room.freeBytes - bytes >= room.reserveBytes) return;
  throw new TranscodeError('disk_reserved', {
    needed: bytes > 1 ? inWords(bytes) : 'more',
    what,
    free: inWords(room.freeBytes),
    reserve: inWords(room.reserveBytes),
  });
}

/** Why nothing more may be written there; undefined where something may. */
export function lackOfRoom(what: string, room: DiskRoom | undefined): string | undefined {
  try {
    demandRoom(what, room);
    return undefined;
  } catch (error) {
    if (error instanceof TranscodeError) return error.message;
    throw error;
  }
}

function defaultReserve(totalBytes: number): number {
  const { leastBytes, share, mostBytes, mostShare } = DISK_RESERVE;
  return Math.floor(Math.min(Math.max(leastBytes, totalBytes * share), mostBytes, totalBytes * mostShare));
}

/** `300 MiB`, `5.0 GiB` */
function inWords(bytes: number): string {
  return bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MiB` : `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
