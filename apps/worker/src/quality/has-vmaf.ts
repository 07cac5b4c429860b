import { askProgram } from '../ffmpeg/ask-program.ts';

const answers = new Map<string, Promise<boolean>>();

/** Whether an ffmpeg can measure VMAF; asked once a process. */
export function hasVmaf(ffmpeg: string): Promise<boolean> {
  const known = answers.get(ffmpeg) ?? ask(ffmpeg);
  answers.set(ffmpeg, known);
  return known;
}

async function ask(ffmpeg: string): Promise<boolean> {
  return /^\s*\S+\s+libvmaf\s/m.test(await askProgram(ffmpeg, ['-hide_banner', '-filters']));
}
