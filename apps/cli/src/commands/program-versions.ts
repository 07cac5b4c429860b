import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findTools } from '@transcode/servers';
import type { Context } from '../context.ts';

const run = promisify(execFile);

/** Versions of the programs that an installation stands on, as they tell them themselves. */
export async function programVersions(context: Context): Promise<Record<string, string>> {
  const tools = await findTools({ root: context.root, env: context.env });
  const [postgres, redis, ffmpeg] = await Promise.all([
    versionOf(join(tools.postgresBin, 'postgres'), '--version'),
    versionOf(tools.redisServer, '--version'),
    versionOf(tools.ffmpeg, '-version'),
  ]);
  return { node: process.versions.node, postgres, redis, ffmpeg };
}

/** The first thing on the first line that looks like a version. */
async function versionOf(program: string, flag: string): Promise<string> {
  const { stdout } = await run(program, [flag]);
  const [line = ''] = stdout.split('\n');
  return /\d+(?:\.\d+)+\S*/.exec(line)?.[0] ?? line.trim();
}
