import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const answers = new Map<string, Promise<boolean>>();

/** Whether an ffmpeg can measure VMAF; asked once a process. */
export function hasVmaf(ffmpeg: string): Promise<boolean> {
  const known = answers.get(ffmpeg) ?? ask(ffmpeg);
  answers.set(ffmpeg, known);
  return known;
}

async function ask(ffmpeg: string): Promise<boolean> {
  const { stdout } = await run(ffmpeg, ['-hide_banner', '-filters']);
  return /^\s*\S+\s+libvmaf\s/m.test(stdout);
}
