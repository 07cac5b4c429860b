import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { runProgram } from '../run-program.ts';
import type { RedisEngine } from './redis-engine.ts';

/** Has Redis write all that it holds, as it would for a replica, into a file of ours. */
export async function fetchDump(engine: RedisEngine, folder: string, path: string): Promise<void> {
  const url = new URL(engine.redisUrl);
  const trust = url.protocol === 'rediss:' ? ['--tls', '--cacert', await writeTrust(folder)] : [];
  const program = runProgram('redis-cli', {
    ...{ bin: engine.bin, signal: engine.signal, env: { REDISCLI_AUTH: decodeURIComponent(url.password) } },
    args: [...addressOf(url), ...trust, '--rdb', path],
  });
  program.stdin.end();
  program.stdout.resume();
  await program.ended;
}

function addressOf({ hostname, port, username }: URL): string[] {
  const user = username === '' ? [] : ['--user', decodeURIComponent(username)];
  return ['-h', hostname.replaceAll(/[[\]]/g, ''), '-p', port === '' ? '6379' : port, ...user];
}

/** Of redis-cli, which knows none where the system has none, what Node.js trusts. */
async function writeTrust(folder: string): Promise<string> {
  const path = join(folder, 'trusted.pem');
  await writeFile(path, getCACertificates('default').join('\n'));
  return path;
}
