import type { ErasureKind } from '@transcode/contracts';
import type { Database, Transaction } from '../database.ts';
import { deleteVideo } from '../videos/delete-video.ts';
import type { Erased } from './count-erased.ts';
import { emptyVideo } from './erase-video.ts';
import { eraseUser } from './erase-user.ts';
import { closeWorkspace, emptyWorkspace } from './erase-workspace.ts';

/** That something was erased, as it is told outside of the database. */
export interface Tombstone {
  readonly id: string;
  readonly kind: ErasureKind;
  readonly subjectId: string;
  readonly askedByUserId: string | null;
  readonly askedByKeyId: string | null;
  readonly askedAt: Date;
  /** What went, once nothing was left. */
  readonly receipt: (Erased & { readonly erasedAt: Date }) | undefined;
}

/** The ids of erasures that a database knows to be through. */
export async function endedErasures(db: Database): Promise<Set<string>> {
  const rows = await db.erasure.findMany({ where: { erasedAt: { not: null } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Erases once more what an older copy of the database has brought back: from here on none of its rows says anything of it. Its objects, should
 * any be left, the installation removes once it runs. False: this copy has never had it; its receipt is there all the same.
 */
export async function reapplyErasure(db: Database, tombstone: Tombstone): Promise<boolean> {
  const { kind, subjectId } = tombstone;
  const isThere = await KINDS[kind](db, subjectId, (tx) => record(tx, tombstone));
  if (isThere) await db.erasure.updateMany({ where: { kind, subjectId }, data: { reappliedAt: new Date() } });
  else await record(db, tombstone, { erasedAt: tombstone.receipt?.erasedAt ?? new Date() });
  return isThere;
}

/** Erases one, if it is there, and first writes down that it does. */
type Reapply = (db: Database, id: string, record: (tx: Transaction) => Promise<void>) => Promise<boolean>;

const KINDS: Readonly<Record<ErasureKind, Reapply>> = {
  video: async (db, id, recorded) => {
    await deleteVideo(db, id, recorded);
    return db.$transaction(async (tx) => {
      if ((await tx.video.count({ where: { id } })) === 0) return false;
      await recorded(tx);
      await emptyVideo(tx, id);
      return true;
    });
  },
  user: (db, id, recorded) =>
    db.$transaction(async (tx) => {
      await recorded(tx);
      return eraseUser(tx, id);
    }),
  workspace: async (db, id, recorded) => {
    if ((await db.workspace.count({ where: { id } })) === 0) return false;
    await db.$transaction(async (tx) => {
      await recorded(tx);
      await closeWorkspace(tx, id);
    });
    await emptyWorkspace(db, id);
    return true;
  },
};

async function record(tx: Transaction, tombstone: Tombstone, more: { erasedAt?: Date } = {}): Promise<void> {
  const { receipt, ...known } = tombstone;
  const now = new Date();
  const counts = receipt === undefined ? {} : { ...receipt, receiptAt: now };
  await tx.erasure.upsert({
    where: { kind_subjectId: { kind: known.kind, subjectId: known.subjectId } },
    create: { ...known, ...counts, ...more, tombstoneAt: now },
    update: more,
  });
}
