import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inject } from 'vitest';

/**
 * The real ffmpeg, reading its source no faster than it plays: what it makes of a minute takes a minute on any machine, and leaves the
 * processor to the others.
 */
export async function slowFfmpeg(): Promise<string> {
  const { ffmpeg, folder } = inject('servers');
  const file = path.join(folder, `slow-ffmpeg-${crypto.randomUUID()}`);
  const script = `#!/bin/sh\ncase " $* " in *' -i '*) exec '${ffmpeg}' -re "$@" ;; *) exec '${ffmpeg}' "$@" ;; esac\n`;
  await writeFile(file, script, { mode: 0o755 });
  return file;
}
