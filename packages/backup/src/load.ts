import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { migrate } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import { libpqEnvironment, withClient } from './connection.ts';
import type { Manifest } from './manifest.ts';
import { ProgramFailure, runProgram } from './run-program.ts';
import { metered, unseal } from './seal.ts';
import { differences, survey } from './survey.ts';

interface LoadOptions {
  store: Storage;
  manifest: Manifest;
  identities: readonly string[];
  bin: string;
  /** Of an empty database. */
  url: string;
  /** What a newer version has migrated is left at that, as where a version was rolled back; else it is refused. */
  mayBeNewer: boolean;
  signal: AbortSignal | undefined;
}

/** Throws `backup_damaged` unless what is stored is to the byte what was stored once. */
export async function checkStored(
  store: Storage,
  { id, file }: Pick<Manifest, 'id' | 'file'>,
  what = 'its dump',
): Promise<void> {
  const head = await store.head(file.key);
  if (head === undefined) throw damaged(id, `${what} is not there`);
  if (head.bytes !== file.bytes) throw damaged(id, `${what} has ${head.bytes} bytes and should have ${file.bytes}`);
  const { stream, result } = metered(await store.get(file.key));
  await pipeline(stream, new Writable({ write: (_chunk, _encoding, done) => done() }));
  if (result().sha256 !== file.sha256) throw damaged(id, `${what} is not what was written: the checksum differs`);
}

/**
 * Restores a backup into an empty database, holds it against what it was made of, and brings it to our schema. Nothing is begun before
 * the stored bytes were checked. Returns the migrations that it took.
 */
export async function loadBackup(options: LoadOptions): Promise<string[]> {
  const { store, manifest, url, mayBeNewer } = options;
  await checkStored(store, manifest);
  await pour(options);
  const found = await withClient(url, survey);
  const wrong = differences(manifest.survey, found);
  if (wrong.length > 0) throw damaged(manifest.id, `restored, ${listed(wrong)}`);
  try {
    return (await migrate(url, { mayBeNewer })).applied;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
    throw new TranscodeError('backup_unusable', { backup: manifest.id, reason }, { cause });
  }
}

async function pour({ store, manifest, identities, bin, url, signal }: Omit<LoadOptions, 'mayBeNewer'>): Promise<void> {
  const { id, file } = manifest;
  const stored = await store.get(file.key);
  let brokeOff: Error | undefined;
  // Whoever reads it may give it up with an error of its own; this is one of the store alone.
  async function* came(): AsyncGenerator<Uint8Array> {
    const chunks = (stored as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    const next = (): ReturnType<typeof chunks.next> =>
      chunks.next().catch((error: unknown) => {
        brokeOff = error instanceof Error ? error : new Error(String(error));
        throw error;
      });
    try {
      for (let step = await next(); step.done !== true; step = await next()) yield step.value;
    } finally {
      stored.destroy();
    }
  }
  const source = Readable.from(came(), { objectMode: false });
  // Also where nobody ever began to read, as without the key.
  source.once('close', () => stored.destroy());
  const body = file.encryptedTo.length === 0 ? source : await unseal(source, identities, id);
  const env = libpqEnvironment(url);
  const args = [
    '--single-transaction',
    '--no-owner',
    '--no-privileges',
    '--no-password',
    `--dbname=${env['PGDATABASE']}`,
  ];
  const program = runProgram('pg_restore', { bin, args, env, signal });
  program.stdout.resume();
  const [poured, ended] = await Promise.allSettled([pipeline(body, program.stdin), program.ended]);
  if (ended.status === 'fulfilled' && poured.status === 'fulfilled') return;
  signal?.throwIfAborted();
  if (brokeOff !== undefined) throw broken(brokeOff);
  const failure: unknown = ended.status === 'rejected' ? ended.reason : poured.status === 'rejected' && poured.reason;
  if (!(failure instanceof ProgramFailure)) throw damaged(id, reasonOf(failure), { cause: failure });
  const { code, tail } = failure;
  if (code !== 1 || SURROUNDINGS.test(tail)) throw broken(failure);
  throw damaged(id, reasonOf(failure), { cause: failure, tail });
}

/** What pg_restore and its server say where it is not for the backup that they cannot go on. */
const SURROUNDINGS =
  /No space left|could not extend file|out of memory|connection to server|server closed the connection|terminating connection|too many clients/i;

export function broken(cause: Error): TranscodeError {
  const tail = cause instanceof ProgramFailure ? { tail: cause.tail } : {};
  return new TranscodeError('restore_failed', { reason: reasonOf(cause) }, { cause, ...tail });
}

export function damaged(
  backup: string,
  reason: string,
  options: { cause?: unknown; tail?: string } = {},
): TranscodeError {
  return new TranscodeError('backup_damaged', { backup, reason }, options);
}

const TOLD = 3;

function listed(wrong: readonly string[]): string {
  const more = wrong.length > TOLD ? `, and ${wrong.length - TOLD} more` : '';
  return wrong.slice(0, TOLD).join('; ') + more;
}

export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
