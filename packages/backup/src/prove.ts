import { TranscodeError } from '@transcode/contracts';
import { backupKey, writeProof, type Backup } from './backup-store.ts';
import { withClient } from './connection.ts';
import type { Engine } from './engine.ts';
import { loadBackup } from './load.ts';
import type { ObjectsFound, Proof } from './manifest.ts';
import { findObjects } from './objects.ts';
import { withScratchPostgres } from './scratch.ts';

/**
 * Restores a backup into a Postgres of its own, as a machine would that has nothing else, and writes down how that went. Throws what
 * was wrong: `backup_damaged` and `backup_unusable` are the backup's and stand in its proof; anything else, such as a full disk or a
 * key that nobody has, says nothing of it, and nothing is written down.
 */
export async function prove(engine: Engine, backup: Backup): Promise<Proof> {
  const { store, now = () => new Date() } = engine;
  const at = now();
  const begun = performance.now();
  const common = { format: 1, at: at.toISOString(), by: 'backup', product: engine.product } as const;
  const seconds = (): number => Math.round((performance.now() - begun) / 100) / 10;
  try {
    const found = await restoreInScratch(engine, backup);
    const proof: Proof = { ...common, ...found, seconds: seconds(), result: 'good' };
    await writeProof(store, backup, proof);
    return proof;
  } catch (error) {
    if (error instanceof TranscodeError && (error.code === 'backup_damaged' || error.code === 'backup_unusable')) {
      const reason = String(error.details['reason']);
      await writeProof(store, backup, { ...common, seconds: seconds(), result: 'bad', reason, migrated: [] });
    }
    throw error;
  }
}

async function restoreInScratch(
  { store, media, bin, scratch, identities, databaseUrl, signal, say }: Engine,
  { id, manifest, keys }: Backup,
): Promise<Pick<Proof, 'migrated' | 'objects' | 'server'>> {
  return withScratchPostgres({ bin, folder: scratch, bytes: manifest.databaseBytes }, async (url) => {
    say?.(`Restoring ${id} into a scratch database …`);
    const migrated = await loadBackup({ store, manifest, identities, bin, url, signal, mayBeNewer: true });
    const server = await withClient(url, async (client) => {
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
      return rows[0]?.server_version ?? '';
    });
    if (media === undefined) return { migrated, server };
    say?.('Looking for the objects that its videos need …');
    const list = { store, key: backupKey(id, 'objects.jsonl.gz'), recipients: manifest.file.encryptedTo };
    const again = keys.includes(list.key);
    const objects: ObjectsFound = await findObjects({ url, media, liveUrl: databaseUrl, ...(again ? {} : { list }) });
    return { migrated, server, objects };
  });
}
