import { Readable } from 'node:stream';
import { libpqEnvironment } from './connection.ts';
import { runProgram } from './run-program.ts';

interface DumpOptions {
  bin: string;
  url: string;
  /** As `pg_export_snapshot` gave it: what is dumped is exactly what that transaction sees. */
  snapshot: string;
  signal: AbortSignal | undefined;
}

/** As a bare number it is gzip's level to every version of pg_dump. */
const COMPRESSION = 6;

/**
 * A whole database in Postgres' custom format, compressed. The stream ends only once pg_dump has ended with 0; else it breaks, so that
 * nobody takes what came for all there is.
 */
export function dumpDatabase({ bin, url, snapshot, signal }: DumpOptions): Readable {
  const args = [
    '--format=custom',
    `--compress=${COMPRESSION}`,
    `--snapshot=${snapshot}`,
    '--lock-wait-timeout=60s',
    '--no-password',
  ];
  const program = runProgram('pg_dump', { bin, args, env: libpqEnvironment(url), signal });
  program.stdin.end();
  async function* whole(): AsyncGenerator<Uint8Array> {
    for await (const chunk of program.stdout as AsyncIterable<Uint8Array>) yield chunk;
    await program.ended;
  }
  const stream = Readable.from(whole(), { objectMode: false });
  // Also where nobody ever began to read: it would wait for ever.
  stream.once('close', () => program.stdout.destroy());
  return stream;
}
