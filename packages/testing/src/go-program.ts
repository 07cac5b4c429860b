import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = resolve(import.meta.dirname, '../../../.tools/go');

/** Where Go is, if it is anywhere: without, what is built by it is not tried. */
export const GO = ['go', '/usr/local/go/bin/go'].find((go) => spawnSync(go, ['version']).status === 0);

/**
 * A program built from Go's modules, in the versions that `go.mod` of a folder says: the package named, or the folder's own. It is built once for
 * what the folder holds, and then lies in `.tools/go`.
 */
export async function goProgram(folder: string, of = '.'): Promise<string> {
  if (GO === undefined) throw new Error('There is no Go.');
  const hash = createHash('sha256').update(of);
  for (const name of (await readdir(folder)).filter((file) => /^go\.(mod|sum)$|\.go$/.test(file)))
    hash.update(await readFile(join(folder, name)));
  const program = join(CACHE, `${of === '.' ? basename(folder) : basename(of)}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(program)) return program;
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const build = [GO, 'build', '-trimpath', '-ldflags=-s -w', '-o', unfinished, of];
  await run('env', ['CGO_ENABLED=0', ...build], { cwd: folder, maxBuffer: 64 * 1024 ** 2 });
  await rename(unfinished, program);
  return program;
}
