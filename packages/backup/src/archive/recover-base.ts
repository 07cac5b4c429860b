import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { recoverPostgres, ServerStartError } from '@transcode/servers';
import { TranscodeError } from '@transcode/contracts';
import type { Engine } from '../engine.ts';
import { broken, checkStored, damaged, reasonOf } from '../load.ts';
import { runProgram, versionOf } from '../run-program.ts';
import { SETTINGS } from '../scratch.ts';
import { unseal } from '../seal.ts';
import type { Base } from './base.ts';

export type RecoverEngine = Pick<Engine, 'store' | 'bin' | 'identities' | 'signal'>;

interface RecoverOptions {
  /** Where it is unpacked. */
  folder: string;
  /** As of postgresql.conf. */
  target: Record<string, string>;
  /** A folder beside with WAL to replay, which is taken away. */
  wal?: string;
}

/** Beside the files of the backup, so that the user that Postgres runs as gets there. */
const WAL_TO_READ = 'transcode-wal';
export const THIS_MACHINE = `${process.platform}-${process.arch}`;

/**
 * Unpacks a base backup into a folder, checks each file of it, and lets Postgres recover on it to where `target` says. Throws
 * `backup_damaged` where the backup is to blame.
 */
export async function recoverBase<T>(
  engine: RecoverEngine,
  { manifest }: Pick<Base, 'manifest'>,
  { folder, target, wal }: RecoverOptions,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const { store, bin, signal } = engine;
  const { id, database, user } = manifest;
  await demandSameKind(bin, manifest);
  await checkStored(store, manifest, 'its archive of files');
  const dataDir = join(folder, 'postgres');
  await mkdir(dataDir, { mode: 0o700 });
  await unpack(engine, manifest, dataDir);
  await verify(bin, { id, dataDir, signal });
  if (wal !== undefined) await rename(wal, join(dataDir, WAL_TO_READ));
  const server = await recoverPostgres({
    ...{ bin, dataDir, user, database, signal },
    settings: { ...SETTINGS, restore_command: `cp "${WAL_TO_READ}/%f" "%p"`, ...target },
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error instanceof ServerStartError ? notRecovered(id, error) : error;
  });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

async function unpack(
  { store, identities, signal }: RecoverEngine,
  { id, file }: Base['manifest'],
  dataDir: string,
): Promise<void> {
  const stored = await store.get(file.key);
  const packed = file.encryptedTo.length === 0 ? stored : await unseal(stored, identities, id);
  const tar = runProgram('tar', { bin: '', args: ['-x', '--no-same-owner', '-C', dataDir], env: {}, signal });
  tar.stdout.resume();
  const [poured, ended] = await Promise.allSettled([pipeline(packed, createGunzip(), tar.stdin), tar.ended]);
  signal?.throwIfAborted();
  // Once it has all its files tar may leave the padding behind them unread.
  if (ended.status === 'fulfilled') return;
  // What is stored was checked, so it is for the disk or the store.
  const why: unknown = poured.status === 'rejected' && !closedByTar(poured.reason) ? poured.reason : ended.reason;
  throw broken(why instanceof Error ? why : new Error(String(why)));
}

const closedByTar = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code));

/** By the manifest that Postgres itself has put there: each file with its checksum, and the WAL that makes it consistent. */
async function verify(
  bin: string,
  { id, dataDir, signal }: { id: string; dataDir: string; signal: AbortSignal | undefined },
): Promise<void> {
  const program = runProgram('pg_verifybackup', { bin, args: ['--quiet', dataDir], env: {}, signal });
  program.stdin.end();
  program.stdout.resume();
  try {
    await program.ended;
  } catch (cause) {
    signal?.throwIfAborted();
    throw damaged(id, reasonOf(cause), { cause });
  }
}

const major = (version: string): string => /\d+/.exec(version)?.[0] ?? '';

/** The files of a Postgres are read by the same major version on the same kind of machine alone. */
async function demandSameKind(bin: string, { id, server, machine }: Base['manifest']): Promise<void> {
  const ours = await versionOf('postgres', bin);
  const reason =
    major(ours) !== major(server)
      ? `it is of Postgres ${major(server)}, and here is ${ours}`
      : machine !== THIS_MACHINE
        ? `it was made on ${machine}, and this is ${THIS_MACHINE}`
        : undefined;
  if (reason !== undefined) throw new TranscodeError('backup_unusable', { backup: id, reason });
}

/** What Postgres says where what it was given cannot be right. All of it was checked, so anything else is for where it runs. */
const DAMAGE = /PANIC|checkpoint record|consistent|unexpected pageaddr|invalid (record|page)/;

function notRecovered(id: string, { message, tail }: ServerStartError): TranscodeError {
  const line = tail.split('\n').findLast((said) => /FATAL|PANIC/.test(said)) ?? message;
  const reason = `Postgres does not recover on it: ${line.replace(/^.*?(FATAL|PANIC):\s*/, '').replace(/\.$/, '')}`;
  const cause = Object.assign(new Error(reason), { tail });
  return DAMAGE.test(line) ? damaged(id, reason, { cause, tail }) : broken(cause);
}
