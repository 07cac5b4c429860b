import { randomBytes } from 'node:crypto';
import { startRedis } from '@transcode/servers';
import { runProgram } from '../run-program.ts';

interface Loaded {
  /** Of the Redis that it was loaded into. */
  server: string;
  keys: number;
}

/** Starts a Redis on the `dump.rdb` in a folder, as one that has nothing else, and counts what it has. */
export async function loadDump(bin: string, dataDir: string): Promise<Loaded> {
  const password = randomBytes(24).toString('base64url');
  const redis = await startRedis({ bin: `${bin}/redis-server`, dataDir, password, fromDump: true });
  try {
    const info = await ask(bin, { port: redis.port, password });
    const counts = [...info.matchAll(/^db\d+:keys=(\d+)/gm)].map(([, keys]) => Number(keys));
    return {
      server: /^redis_version:(\S+)/m.exec(info)?.[1] ?? '',
      keys: counts.reduce((sum, keys) => sum + keys, 0),
    };
  } finally {
    await redis.stop();
  }
}

async function ask(bin: string, { port, password }: { port: number; password: string }): Promise<string> {
  const args = ['-h', '127.0.0.1', '-p', String(port), 'INFO'];
  const program = runProgram('redis-cli', { bin, args, env: { REDISCLI_AUTH: password }, signal: undefined });
  program.stdin.end();
  const chunks = (await program.stdout.toArray()) as Buffer[];
  await program.ended;
  return Buffer.concat(chunks).toString().replaceAll('\r', '');
}
