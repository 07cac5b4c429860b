import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import type { Client } from 'pg';
import * as z from 'zod';
import { backupId, putJson, removeBackup } from '../backup-store.ts';
import { databaseOf, libpqEnvironment, withClient } from '../connection.ts';
import type { Engine } from '../engine.ts';
import { holdLease, stillHeld } from '../lease.ts';
import type { Proof } from '../manifest.ts';
import { clockDoubt } from '../retention.ts';
import { runProgram, versionOf } from '../run-program.ts';
import { withScratchFolder } from '../scratch.ts';
import { checkRecipients, metered, passingKey, seal } from '../seal.ts';
import { tableNames } from '../survey.ts';
import { notMade } from '../write-dump.ts';
import { expiredBases, unneededWal } from './archive-retention.ts';
import { baseKey, readBases, type Base, type BaseManifest } from './base.ts';
import { proveBase } from './prove-base.ts';
import { readArchives, type Archive } from './read-archives.ts';
import { THIS_MACHINE } from './recover-base.ts';

export type BaseEngine = Omit<Engine, 'media' | 'identities' | 'settings'>;

export interface MadeBase {
  manifest: BaseManifest;
  proof: Proof;
  /** Ids of base backups that were old enough to go, and how many objects of WAL went with them. */
  removed: readonly string[];
  removedWal: number;
  complaints: readonly TranscodeError[];
}

/**
 * Copies the whole Postgres into the store, recovers on the copy to prove it, and then lets go of what no time of the window needs. WAL
 * leads on from it, so it is refused where none is archived.
 */
export async function makeBase(engine: BaseEngine, { windowDays }: { windowDays: number }): Promise<MadeBase> {
  checkRecipients(engine.recipients);
  await engine.store.health();
  try {
    return await withClient(engine.databaseUrl, (client) =>
      holdLease(client, 'base', () => makeAlone(engine, client, windowDays)),
    );
  } catch (error) {
    throw notMade(error);
  }
}

async function makeAlone(engine: BaseEngine, client: Client, windowDays: number): Promise<MadeBase> {
  const { store, say, now = () => new Date() } = engine;
  const { backups, unfinished, lastNumber } = await readBases(store);
  // Nobody else is at it, so what was not finished never will be.
  for (const rest of unfinished) await removeBackup(store, rest);
  const number = lastNumber + 1;
  const id = backupId(number, now());
  const passing = engine.recipients.length === 0 ? undefined : await passingKey();
  say?.(`Copying the whole Postgres into ${id} …`);
  const manifest = await writeBase(engine, client, { id, passing: passing?.recipient });
  await stillHeld(client);
  await putJson(store, baseKey(id, 'manifest.json'), manifest);
  const base: Base = { id, number, manifest, proofs: [], keys: [manifest.file.key, baseKey(id, 'manifest.json')] };
  const proof = await proveBase({ ...engine, identities: passing === undefined ? [] : [passing.identity] }, base);

  const made = { manifest, proof };
  const newest = backups.at(-1)?.manifest.endedAt;
  const doubt = clockDoubt(new Date(manifest.endedAt), {
    newest: newest === undefined ? undefined : new Date(newest),
    database: new Date(manifest.consistentAt),
    stored: store.kind === 's3' ? (await store.head(baseKey(id, 'manifest.json')))?.modified : undefined,
  });
  if (doubt !== undefined)
    return { ...made, removed: [], removedWal: 0, complaints: [new TranscodeError('backup_clock', { reason: doubt })] };
  const all = [...backups, { ...base, proofs: [proof] }];
  const old = expiredBases(all, now(), windowDays);
  for (const one of old) await removeBackup(store, one);
  const wal = unneededWal(
    await readArchives(store),
    all.filter((one) => !old.includes(one)),
  );
  await store.delete(wal);
  return { ...made, removed: old.map((one) => one.id), removedWal: wal.length, complaints: [] };
}

async function writeBase(
  engine: BaseEngine,
  client: Client,
  { id, passing }: { id: string; passing: string | undefined },
): Promise<BaseManifest> {
  const { store, databaseUrl, bin, recipients, signal, now = () => new Date() } = engine;
  const begunAt = now();
  const about = await describe(client);
  const archive = await archiveOf(store, about.system);
  const program = await versionOf('pg_basebackup', bin);
  const before = await tableNames(client);
  return withScratchFolder({ folder: engine.scratch, bytes: about.bytes }, async (own) => {
    const dataDir = join(own, 'base');
    await mkdir(dataDir, { mode: 0o700 });
    // Its own stream takes along the WAL that makes it consistent, so that it can be proven alone.
    const args = ['--pgdata', dataDir, '--format=plain', '--wal-method=stream', '--checkpoint=fast', '--no-password'];
    const copy = runProgram('pg_basebackup', {
      ...{ bin, env: libpqEnvironment(databaseUrl), signal },
      args: [...args, '--no-sync', '--manifest-checksums=SHA256', `--label=${id}`],
    });
    copy.stdin.end();
    copy.stdout.resume();
    await copy.ended;
    const { rows } = await client.query<{ time: Date }>('SELECT clock_timestamp() AS time');
    const range = await rangeOf(dataDir);
    const after = new Set(await tableNames(client));
    const key = baseKey(id, recipients.length === 0 ? 'base.tar.gz' : 'base.tar.gz.age');
    const packed = metered(await seal(pack(dataDir, signal), passing === undefined ? [] : [...recipients, passing]));
    await store.put(key, packed.stream);
    const file = { key, ...packed.result(), encryptedTo: [...recipients] };
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
    return {
      ...{ format: 1, id, kind: 'base', begunAt: begunAt.toISOString(), endedAt: now().toISOString() },
      ...{
        consistentAt: (rows[0]?.time ?? now()).toISOString(),
        product: engine.product,
        server: about.server,
        program,
      },
      ...{ machine: THIS_MACHINE, archive: archive.id, ...range, segmentBytes: about.segmentBytes },
      ...{ folderBytes: about.bytes, database: databaseOf(databaseUrl), user: about.user },
      // What was made or dropped meanwhile may be in it or not.
      tables: before.filter((name) => after.has(name)),
      file,
    };
  });
}

/** Breaks unless all of it was packed. */
function pack(dataDir: string, signal: AbortSignal | undefined): Readable {
  const tar = runProgram('tar', { bin: '', args: ['-c', '-C', dataDir, '.'], env: {}, signal });
  tar.stdin.end();
  async function* whole(): AsyncGenerator<Uint8Array> {
    for await (const chunk of tar.stdout as AsyncIterable<Uint8Array>) yield chunk;
    await tar.ended;
  }
  return Readable.from(whole(), { objectMode: false }).compose(createGzip({ level: LEVEL })) as Readable;
}

/** Most of it is tables that compress well at any level. */
const LEVEL = 2;

async function archiveOf(store: BaseEngine['store'], system: string): Promise<Archive> {
  const archive = (await readArchives(store)).findLast((one) => one.system === system);
  if (archive === undefined)
    throw new Error('no WAL of this Postgres is in the store, and without it a base backup leads nowhere');
  return archive;
}

const BackupManifest = z.object({
  'WAL-Ranges': z
    .array(z.object({ Timeline: z.int(), 'Start-LSN': z.string(), 'End-LSN': z.string() }))
    .length(1, 'it was made across a switch of timelines'),
});

async function rangeOf(dataDir: string): Promise<Pick<BaseManifest, 'timeline' | 'startLsn' | 'stopLsn'>> {
  const manifest = BackupManifest.parse(JSON.parse(await readFile(join(dataDir, 'backup_manifest'), 'utf8')));
  const [range] = manifest['WAL-Ranges'];
  if (range === undefined) throw new Error('Postgres did not say what WAL its copy needs');
  return { timeline: range.Timeline, startLsn: range['Start-LSN'], stopLsn: range['End-LSN'] };
}

interface About {
  system: string;
  server: string;
  user: string;
  segmentBytes: number;
  bytes: number;
}

async function describe(client: Client): Promise<About> {
  const { rows } = await client.query<{
    system: string;
    server: string;
    user: string;
    segment: string;
    bytes: string;
  }>(`
    SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system, current_setting('server_version') AS server,
      current_user AS user, (SELECT setting FROM pg_settings WHERE name = 'wal_segment_size') AS segment,
      (SELECT sum(pg_database_size(oid))::text FROM pg_database WHERE datallowconn) AS bytes`);
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres said nothing of itself');
  const { system, server, user, segment, bytes } = row;
  return { system, server, user, segmentBytes: Number(segment), bytes: Number(bytes) + 4 * Number(segment) };
}
