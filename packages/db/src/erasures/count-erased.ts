import type { ErasureKind } from '@transcode/contracts';
import type { Transaction } from '../database.ts';

export interface Subject {
  readonly kind: ErasureKind;
  readonly subjectId: string;
}

export interface Erased {
  readonly rows: number;
  readonly objects: number;
}

/** Adds to a receipt what went; false where there is no such receipt. */
export async function countErased(tx: Transaction, subject: Subject, { rows, objects }: Erased): Promise<boolean> {
  const { kind, subjectId } = subject;
  const data = { rows: { increment: rows }, objects: { increment: objects } };
  return (await tx.erasure.updateMany({ where: { kind, subjectId }, data })).count > 0;
}

/** Adds what went of a video to its receipt; to that of its workspace where the whole of that is erased. */
export async function countErasedOfVideo(
  tx: Transaction,
  { id, workspaceId }: { id: string; workspaceId: string },
  erased: Erased,
): Promise<void> {
  if (await countErased(tx, { kind: 'video', subjectId: id }, erased)) return;
  await countErased(tx, { kind: 'workspace', subjectId: workspaceId }, erased);
}

/** Nothing of it is left. What comes late and goes too changes no more than the counts. */
export async function endErasure(tx: Transaction, { kind, subjectId }: Subject): Promise<void> {
  await tx.erasure.updateMany({ where: { kind, subjectId, erasedAt: null }, data: { erasedAt: new Date() } });
}
