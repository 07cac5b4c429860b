import { TranscodeError } from '@transcode/contracts';
import { writeProof } from '../backup-store.ts';
import { withClient } from '../connection.ts';
import type { Engine } from '../engine.ts';
import { damaged } from '../load.ts';
import type { Proof } from '../manifest.ts';
import { withScratchFolder } from '../scratch.ts';
import { surveyTables } from '../survey.ts';
import { BASES, type Base } from './base.ts';
import { recoverBase } from './recover-base.ts';

type ProveEngine = Pick<Engine, 'store' | 'bin' | 'scratch' | 'identities' | 'product' | 'say' | 'now' | 'signal'>;

/**
 * Lets a Postgres of its own recover on a base backup to where it is consistent, reads every row of every table, and writes down how that
 * went. As with dumps, only what is the backup's own fault stands in its proof.
 */
export async function proveBase(engine: ProveEngine, base: Base): Promise<Proof> {
  const { store, product, now = () => new Date() } = engine;
  const begun = performance.now();
  const common = { format: 1, at: now().toISOString(), by: 'backup', product, migrated: [] } as const;
  const seconds = (): number => Math.round((performance.now() - begun) / 100) / 10;
  try {
    const server = await recoverInScratch(engine, base);
    const proof: Proof = { ...common, migrated: [], server, seconds: seconds(), result: 'good' };
    await writeProof(store, base, proof, BASES.folder);
    return proof;
  } catch (error) {
    if (error instanceof TranscodeError && error.code === 'backup_damaged') {
      const reason = String(error.details['reason']);
      await writeProof(
        store,
        base,
        { ...common, migrated: [], seconds: seconds(), result: 'bad', reason },
        BASES.folder,
      );
    }
    throw error;
  }
}

async function recoverInScratch(engine: ProveEngine, base: Base): Promise<string> {
  const { id, manifest } = base;
  return withScratchFolder({ folder: engine.scratch, bytes: manifest.folderBytes }, (folder) => {
    engine.say?.(`Recovering on ${id} in a scratch folder …`);
    return recoverBase(engine, base, { folder, target: { recovery_target: 'immediate' } }, (url) =>
      withClient(url, async (client) => {
        const tables = await surveyTables(client).catch((cause: unknown) => {
          throw damaged(id, `its rows cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
            cause,
          });
        });
        const missing = manifest.tables.filter((name) => tables[name] === undefined);
        if (missing.length > 0) throw damaged(id, `recovered, the table ${missing[0]} is missing`);
        const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
        return rows[0]?.server_version ?? '';
      }),
    );
  });
}
