import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TranscodeError } from '@transcode/contracts';
import { openStorage, type Storage } from '@transcode/storage';
import { backupId, type Backup } from '../backup-store.ts';
import { withClient } from '../connection.ts';
import type { Engine } from '../engine.ts';
import { withScratchFolder } from '../scratch.ts';
import { writeDump } from '../write-dump.ts';
import { readBases } from './base.ts';
import { fetchWal } from './fetch-wal.ts';
import { readArchives } from './read-archives.ts';
import { recoverBase } from './recover-base.ts';
import { routesOf, routeTo, spansOf, type Route } from './route.ts';

type TimeEngine = Pick<Engine, 'store' | 'bin' | 'scratch' | 'identities' | 'product' | 'say' | 'signal'>;

/** The way to a moment; throws `restore_time` with the times that there are where none leads to it. */
export async function findRoute(store: Storage, time: Date): Promise<Route> {
  const [archives, { backups }] = await Promise.all([readArchives(store), readBases(store)]);
  const routes = routesOf(archives, backups);
  const route = routeTo(routes, time);
  if (route !== undefined) return route;
  const spans = spansOf(routes).map(({ from, until }) => `from ${from.toISOString()} to ${until.toISOString()}`);
  const there = spans.length === 0 ? 'no time can be restored from this store' : `it has all ${spans.join(' and ')}`;
  throw new TranscodeError('restore_time', { time: time.toISOString(), there });
}

/**
 * Brings the database as it was at a moment: a Postgres of its own replays the WAL on a base backup up to there, and is dumped into a store
 * that is gone afterwards. What is dumped is restored like any other backup.
 */
export async function withTime<T>(
  engine: TimeEngine,
  { route, time }: { route: Route; time: Date },
  work: (found: { store: Storage; backup: Backup }) => Promise<T>,
): Promise<T> {
  const { scratch, say, signal } = engine;
  const { id: baseId, folderBytes, segmentBytes } = route.base.manifest;
  const bytes = folderBytes * COPIES + route.segments.length * segmentBytes;
  return withScratchFolder({ folder: scratch, bytes }, async (folder) => {
    say?.(`Recovering on the base backup ${baseId} up to ${time.toISOString()} …`);
    const store = openStorage(pathToFileURL(join(folder, 'dump')).href);
    const target = {
      // When it starts, Postgres does not know of zones by name, as Z is one.
      recovery_target_time: time.toISOString().replace('Z', '+00'),
      recovery_target_timeline: String(route.timeline),
    };
    const wal = join(folder, 'wal');
    await fetchWal({ ...engine, route, folder: wal, signal });
    const backup = await recoverBase(engine, route.base, { folder, target, wal }, (databaseUrl) =>
      withClient(databaseUrl, async (client): Promise<Backup> => {
        const id = backupId(0, time);
        const dump = { ...engine, store, databaseUrl, recipients: [] };
        const made = await writeDump(dump, { id, reason: 'asked', client, passing: undefined });
        const manifest = { ...made.manifest, begunAt: time.toISOString() };
        return { id, number: 0, manifest, proofs: [], keys: [manifest.file.key] };
      }),
    );
    return work({ store, backup });
  });
}

/** What is unpacked, what is replayed on it, and the dump. */
const COPIES = 2;
