import { askedOnce } from '../ffmpeg/asked-once.ts';
import { askProgram } from '../ffmpeg/ask-program.ts';

/** Whether an ffmpeg can measure VMAF. */
export const hasVmaf = askedOnce(async (ffmpeg) =>
  /^\s*\S+\s+libvmaf\s/m.test(await askProgram(ffmpeg, ['-hide_banner', '-filters'])),
);
