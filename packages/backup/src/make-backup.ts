import { TranscodeError } from '@transcode/contracts';
import type { Client } from 'pg';
import { backupId, backupKey, putJson, readBackups, removeBackup, type Backup } from './backup-store.ts';
import { withClient } from './connection.ts';
import type { Engine } from './engine.ts';
import { completeTombstones } from './erasures/write-tombstones.ts';
import { noteFailure } from './failures.ts';
import { holdLease, stillHeld } from './lease.ts';
import type { BackupReason, Manifest, Proof } from './manifest.ts';
import { prove } from './prove.ts';
import { clockDoubt, expired } from './retention.ts';
import { checkRecipients, passingKey } from './seal.ts';
import { notMade, writeDump } from './write-dump.ts';

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
    return await withClient(databaseUrl, (client) =>
      holdLease(client, 'dump', async () => {
        // What this backup still has may be erased already, in a database that nobody will have then.
        await completeTombstones(client, store);
        return makeAlone(engine, reason, client);
      }),
    );
  } catch (cause) {
    const error = notMade(cause);
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
  const old = tidies ? expired([...backups, { ...backup, proofs: [proof] }], now(), engine.keptDays) : [];
  for (const one of old) await removeBackup(store, one);
  return { manifest, proof, removed: old.map((one) => one.id), complaints };
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
