import { TranscodeError } from '@transcode/contracts';
import type { Client } from 'pg';
import { backupKey } from './backup-store.ts';
import { dumpDatabase } from './dump.ts';
import type { Engine } from './engine.ts';
import { reasonOf } from './load.ts';
import type { BackupReason, Manifest, Survey } from './manifest.ts';
import { ProgramFailure, versionOf } from './run-program.ts';
import { metered, seal } from './seal.ts';
import { surveyShape, surveyTables } from './survey.ts';

type DumpEngine = Pick<
  Engine,
  'store' | 'databaseUrl' | 'bin' | 'recipients' | 'product' | 'settings' | 'signal' | 'now'
>;

interface DumpPlan {
  id: string;
  reason: BackupReason;
  client: Client;
  /** One more public key, besides those of the engine. */
  passing: string | undefined;
}

/** Dumps a database into the store and says what is in it. The manifest is not written: it goes last. */
export async function writeDump(engine: DumpEngine, { id, reason, client, passing }: DumpPlan) {
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
  if (rows.status === 'rejected') throw notMade(rows.reason);
  if (put.status === 'rejected') throw whyNotStored(put.reason, body.errored);
  await client.query('COMMIT');
  const survey: Survey = { ...shape, tables: rows.value };
  const file = { key, ...sealed.result(), encryptedTo: [...engine.recipients] };
  const stored = await store.head(key);
  if (stored?.bytes !== file.bytes)
    throw notMade(new Error(`the store has ${stored?.bytes ?? 'none'} of the ${file.bytes} bytes that it took`));
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
  return notMade(ofTheStore ? reason : (dumpFailed ?? reason));
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

/** Why there is no backup. */
export function notMade(error: unknown): TranscodeError {
  if (error instanceof TranscodeError) return error;
  const tail = error instanceof ProgramFailure ? { tail: error.tail } : {};
  return new TranscodeError('backup_failed', { reason: reasonOf(error) }, { cause: error, ...tail });
}
