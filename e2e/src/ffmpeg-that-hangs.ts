import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What has to be in a file for it to hang. */
export const HANGS = 'this-film-hangs-its-ffmpeg';

/**
 * No film is known that hangs the ffmpeg we ship. So this is the real one, but for a source that holds the words above: in front of that it
 * stands still for ever, as one does whose threads wait for each other.
 */
export async function ffmpegThatHangs(ffmpeg: string, folder: string): Promise<string> {
  const file = path.join(folder, 'ffmpeg-that-hangs');
  // Its place in the source is that of ffmpeg as well, and cannot be opened anew behind the wall; what comes by a pipe is no source.
  const holds = `-f STDIN or exit 1; sysread STDIN, my $all, 1 << 30; sysseek STDIN, 0, 0; exit(index($all, "${HANGS}") < 0 ? 1 : 0)`;
  const hangs = `perl -e '${holds}' && exec sleep 100000`;
  await writeFile(file, `#!/bin/sh\ncase " $* " in *' -i '*) ${hangs} ;; esac\nexec '${ffmpeg}' "$@"\n`, {
    mode: 0o755,
  });
  return file;
}
