import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Room for the scratch of a worker that encodes what this tool sends it, and little more. */
const VOLUME_MIB = 64;
/** A worker whose scratch has less takes nothing. */
export const SCRATCH_FREE_MIB = 8;

/** Where a worker's scratch is; a volume of its own, if we may mount one, and then it can be filled. */
export interface ScratchVolume {
  /** For SCRATCH_DIR. */
  readonly folder: string;
  readonly mounted: boolean;
  fill(): Promise<void>;
  empty(): Promise<void>;
  /** What a worker has in it. */
  left(): Promise<string[]>;
  unmount(): Promise<void>;
}

export async function openScratchVolume(volume: string): Promise<ScratchVolume> {
  await mkdir(volume, { recursive: true });
  const mounted = await mount(volume);
  const folder = path.join(volume, 'scratch');
  const ballast = path.join(volume, 'ballast');
  return {
    folder,
    mounted,
    fill: async () => {
      // A worker that writes at this moment takes some of it, so it is written until nothing fits any more.
      await writeFile(ballast, Buffer.alloc(VOLUME_MIB * 1024 ** 2)).catch(unlessFull);
    },
    empty: () => rm(ballast, { force: true }),
    left: async () => {
      try {
        // The worker's own folder is there as long as it runs.
        return (await readdir(folder, { recursive: true })).filter((name) => name.includes(path.sep));
      } catch {
        return [];
      }
    },
    unmount: async () => {
      if (mounted) await run('umount', ['--lazy', volume]);
    },
  };
}

/** Only root may, and not even that everywhere. */
async function mount(volume: string): Promise<boolean> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_MIB}m`, 'transcode-chaos', volume]);
    return true;
  } catch {
    return false;
  }
}

function unlessFull(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
}
