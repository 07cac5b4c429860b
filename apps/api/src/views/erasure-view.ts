import type { ErasureView } from '@transcode/contracts';
import type { Erasure } from '@transcode/db';
import type { KeptBackups } from '../services/erasures/kept-backups.ts';
import type { KnownNames } from './audit-view.ts';

const DAY_MS = 24 * 3600 * 1000;

export function erasureView(row: Erasure, names: KnownNames, kept: KeptBackups | undefined): ErasureView {
  const { id, kind, subjectId, rows, objects, erasedAt } = row;
  return {
    ...{ id, kind, subjectId, rows, objects, askedBy: askedBy(row, names), askedAt: row.askedAt.toISOString() },
    erasedAt: erasedAt?.toISOString() ?? null,
    tombstoneAt: row.tombstoneAt?.toISOString() ?? null,
    reappliedAt: row.reappliedAt?.toISOString() ?? null,
    backups: kept === undefined || erasedAt === null ? null : backupsWith(erasedAt, kept),
  };
}

/**
 * The last backup before it goes with the first nightly one after its days; of base backups one that came after it has to be as old as the
 * window first, and that is a day younger.
 */
function backupsWith(erasedAt: Date, { keptDays, windowDays, begunAt }: KeptBackups): ErasureView['backups'] {
  const days = Math.max(keptDays + 1, windowDays === 0 ? 0 : windowDays + 2);
  const left = begunAt?.filter((at) => at <= erasedAt.getTime()).length ?? null;
  return { until: new Date(erasedAt.getTime() + days * DAY_MS).toISOString(), left };
}

function askedBy({ askedByUserId, askedByKeyId }: Erasure, names: KnownNames): ErasureView['askedBy'] {
  if (askedByUserId !== null) return { kind: 'user', id: askedByUserId, name: names.get(askedByUserId) ?? null };
  if (askedByKeyId !== null) return { kind: 'key', id: askedByKeyId, name: names.get(askedByKeyId) ?? null };
  return null;
}
