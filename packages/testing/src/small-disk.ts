import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const MIB = 1024 ** 2;

/** A folder that is a disk of its own, in memory. */
export interface SmallDisk {
  readonly path: string;
  /** Writes so much there, instead of what was written so before. */
  fill(mib: number): Promise<void>;
  remove(): Promise<void>;
}

/** Undefined where we may not mount one: only root may. */
export async function smallDisk(mib: number): Promise<SmallDisk | undefined> {
  const folder = await temporaryFolder('disk');
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'transcode-test', folder.path]);
  } catch {
    await folder.remove();
    return undefined;
  }
  const ballast = path.join(folder.path, '.ballast');
  return {
    path: folder.path,
    fill: async (filled) => {
      await rm(ballast, { force: true });
      if (filled > 0) await writeFile(ballast, Buffer.alloc(filled * MIB));
    },
    remove: async () => {
      await run('umount', ['--lazy', folder.path]);
      await folder.remove();
    },
  };
}
