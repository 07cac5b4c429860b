import { isGood, type Readable } from '../backup-store.ts';
import { readBases } from './base.ts';
import { readArchives } from './read-archives.ts';
import { routesOf, spansOf, type Span } from './route.ts';

export interface ArchiveStatus {
  /** The first moment that can be restored, and the last one: what was committed later would be lost. Undefined where there is none. */
  oldest: Date | undefined;
  newest: Date | undefined;
  /** When the newest base backup that counts was made. */
  lastBase: Date | undefined;
  /** All that can be restored, the oldest first; more than one span where WAL was lost. */
  spans: readonly Span[];
}

/** What times can be restored from a store, by the names and manifests that lie there. No key is needed. */
export async function archiveStatus(store: Readable): Promise<ArchiveStatus> {
  const [archives, { backups }] = await Promise.all([readArchives(store), readBases(store)]);
  const spans = spansOf(routesOf(archives, backups));
  const lastBase = backups.findLast(isGood)?.manifest.consistentAt;
  return {
    ...{ oldest: spans[0]?.from, newest: spans.at(-1)?.until, spans },
    lastBase: lastBase === undefined ? undefined : new Date(lastBase),
  };
}
