import { TranscodeError } from '@transcode/contracts';
import type { Client } from 'pg';
import { backupId, backupKey, putJson, readBackups, removeBackup, type Backup } from './backup-store.ts';
import { withClient } from './connection.ts';
import { dumpDatabase } from './dump.ts';
import type { Engine } from './engine.ts';
import { noteFailure } from './failures.ts';
import { holdLease, stillHeld } from './lease.ts';
import { reasonOf } from './load.ts';
import type { BackupReason, Manifest, Proof, Survey } from './manifest.ts';
import { prove } from './prove.ts';
import { clockDoubt, expired } from './retention.ts';
import { ProgramFailure, versionOf } from './run-program.ts';
import { checkRecipients, metered, passingKey, seal } from './seal.ts';
import { surveyShape, surveyTables } from './survey.ts';

export interface MadeBackup {
  manifest: Manifest;
  proof: Proof;
  /** Ids of those that were old enough to go. */
  removed: readonly string[];
  /** What somebody has to look at, though this backup is good. */
  complaints: readonly TranscodeError[];
}

/**
 * Makes a backup of the database, restores it to prove it, and then lets go of old ones. It counts only once it is proven: whatever
 * fails is thrown, and the older ones stay.
 */
export async function makeBackup(engine: Engine, reason: BackupReason): Promise<MadeBackup> {
  const { store, databaseUrl, signal, now = () => new Date() } = engine;
  const at = now();
  try {
    checkRecipients(engine.recipients);
    await store.health();
    return await withClient(databaseUrl, (client) => holdLease(client, () => makeAlone(engine, reason, client)));
  } catch (cause) {
    const error = failed(cause);
    // Neither another that is being made nor somebody who broke it off is a failure of backups.
    if (error.code !== 'backup_running' && signal?.aborted !== true)
      await noteFailure(store, { at, reason, error }).catch(() => undefined);
    throw error;
  }
}

async function makeAlone(engine: Engine, reason: BackupReason, client: Client): Promise<MadeBackup> {
  const { store, say, now = () => new Date() } = engine;
  const { backups, unfinished, lastNumber } = await readBackups(store);
  // Nobody else is at it, so what was not finished never will be.
  for (const rest of unfinished) await removeBackup(store, rest);
  const number = lastNumber + 1;
  const id = backupId(number, now());
  // Proven as it lies there, by a key that is thrown away, where ours is elsewhere.
  const passing = engine.recipients.length === 0 ? undefined : await passingKey();
  say?.(`Dumping the database into ${id} …`);
  const { manifest, storedAt } = await writeDump(engine, { id, reason, client, passing: passing?.recipient });
  await stillHeld(client);
  await putJson(store, backupKey(id, 'manifest.json'), manifest);

  const keys = [manifest.file.key, backupKey(id, 'manifest.json')];
  const backup: Backup = { id, number, manifest, proofs: [], keys };
  const identities = passing === undefined ? [] : [passing.identity];
  const proof = await prove({ ...engine, identities }, backup);

  const complaints = complaintsOf(proof);
  const newest = backups.at(-1)?.manifest.begunAt;
  const doubt = clockDoubt(new Date(manifest.endedAt), {
    newest: newest === undefined ? undefined : new Date(newest),
    database: databaseNow(manifest),
    stored: storedAt,
  });
  if (doubt !== undefined) return { manifest, proof, removed: [], complaints: [...complaints, clockError(doubt)] };
  // One that is made before something else happens takes nothing away, least of all what is to be restored.
  const tidies = reason === 'schedule' || reason === 'asked';
  const old = tidies ? expired([...backups, { ...backup, proofs: [proof] }], now()) : [];
  for (const one of old) await removeBackup(store, one);
  return { manifest, proof, removed: old.map((one) => one.id), complaints };
}

interface DumpPlan {
  id: string;
  reason: BackupReason;
  client: Client;
  passing: string | undefined;
}

async function writeDump(engine: Engine, { id, reason, client, passing }: DumpPlan) {
  const { store, databaseUrl: url, bin, signal, now = () => new Date() } = engine;
  const program = await versionOf('pg_dump', bin);
  const begunAt = now();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const about = await describe(client);
  const shape = await surveyShape(client);
  const key = backupKey(id, engine.recipients.length === 0 ? 'database.dump' : 'database.dump.age');
  const body = dumpDatabase({ bin, url, snapshot: about.snapshot, signal });
  const sealed = metered(await seal(body, passing === undefined ? [] : [...engine.recipients, passing]));
  const [put, rows] = await Promise.allSettled([store.put(key, sealed.stream), surveyTables(client)]);
  body.destroy();
  if (rows.status === 'rejected') throw failed(rows.reason);
  if (put.status === 'rejected') throw whyNotStored(put.reason, body.errored);
  await client.query('COMMIT');
  const survey: Survey = { ...shape, tables: rows.value };
  const file = { key, ...sealed.result(), encryptedTo: [...engine.recipients] };
  const stored = await store.head(key);
  if (stored?.bytes !== file.bytes)
    throw failed(new Error(`the store has ${stored?.bytes ?? 'none'} of the ${file.bytes} bytes that it took`));
  const manifest: Manifest = {
    ...{ format: 1, id, kind: 'postgres', reason, begunAt: begunAt.toISOString(), databaseTime: about.time },
    ...{ endedAt: now().toISOString(), product: engine.product, server: about.server, program },
    ...(about.schema === undefined ? {} : { schema: about.schema }),
    ...{ databaseBytes: about.bytes, survey, settings: [...(engine.settings ?? [])], file },
  };
  return { manifest, storedAt: store.kind === 's3' ? stored.modified : undefined };
}

/** What the store says of itself; else what became of pg_dump, which tells more than that a stream broke off. */
function whyNotStored(reason: unknown, dumpFailed: Error | null): TranscodeError {
  const ofTheStore = reason instanceof TranscodeError && reason.code !== 'stage_failed';
  return failed(ofTheStore ? reason : (dumpFailed ?? reason));
}

interface About {
  snapshot: string;
  time: string;
  server: string;
  bytes: number;
  schema: string | undefined;
}

async function describe(client: Client): Promise<About> {
  const { rows } = await client.query<{
    snapshot: string;
    time: Date;
    server: string;
    bytes: string;
    migrated: boolean;
  }>(`
    SELECT pg_export_snapshot() AS snapshot, clock_timestamp() AS time, current_setting('server_version') AS server,
      pg_database_size(current_database())::text AS bytes, to_regclass('public._prisma_migrations') IS NOT NULL AS migrated`);
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres said nothing of itself.');
  const { rows: last } = row.migrated
    ? await client.query<{ name: string | null }>(
        'SELECT max(migration_name) AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      )
    : { rows: [] };
  return {
    ...{ snapshot: row.snapshot, time: row.time.toISOString(), server: row.server, bytes: Number(row.bytes) },
    schema: last[0]?.name ?? undefined,
  };
}

/** What the database's clock would say at the end, as it said at the beginning. */
function databaseNow({ begunAt, endedAt, databaseTime }: Manifest): Date {
  return new Date(new Date(databaseTime).getTime() + new Date(endedAt).getTime() - new Date(begunAt).getTime());
}

function complaintsOf({ objects }: Proof): TranscodeError[] {
  if (objects === undefined || objects.missing === 0) return [];
  return [new TranscodeError('backup_objects_missing', { objects: objects.missing, videos: objects.videosMissing })];
}

const clockError = (reason: string): TranscodeError => new TranscodeError('backup_clock', { reason });

function failed(error: unknown): TranscodeError {
  if (error instanceof TranscodeError) return error;
  const tail = error instanceof ProgramFailure ? { tail: error.tail } : {};
  return new TranscodeError('backup_failed', { reason: reasonOf(error) }, { cause: error, ...tail });
}
