import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The real ffmpeg, which encodes pictures no faster than they play: what it makes of a minute takes a minute on any machine, and leaves the
 * processor to the others.
 */
export async function ffmpegInRealTime(ffmpeg: string, folder: string): Promise<string> {
  const file = path.join(folder, 'ffmpeg-in-real-time');
  const script = `#!/bin/sh\ncase " $* " in *' libx264 '*) exec '${ffmpeg}' -re "$@" ;; *) exec '${ffmpeg}' "$@" ;; esac\n`;
  await writeFile(file, script, { mode: 0o755 });
  return file;
}
