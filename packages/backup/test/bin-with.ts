import { chmod, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of Postgres' programs, of which one is a script that has the real one as `$real`. Whoever asks for it removes it. */
export async function binWith(real: string, name: string, script: string): Promise<string> {
  // Where the user that Postgres runs as may enter.
  const bin = await mkdtemp(join(tmpdir(), 'transcode-bin-'));
  await chmod(bin, 0o755);
  for (const program of await readdir(real))
    if (program !== name) await symlink(join(real, program), join(bin, program));
  const path = join(bin, name);
  const version = `real='${join(real, name)}'\n[ "$1" != --version ] || exec "$real" "$@"\n`;
  await writeFile(path, `#!/bin/bash\n${version}${script}\n`);
  await chmod(path, 0o755);
  return bin;
}
