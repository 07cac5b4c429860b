import type { ErasureKind } from '@transcode/contracts';
import type { Transaction } from '../database.ts';
import type { Erasure } from '../generated/client.ts';

/** Who wants something erased: a person or a key. */
export interface Asker {
  readonly kind: 'user' | 'key';
  readonly id: string;
}

/** Writes down that something is erased, in the transaction that begins it: from here on its tombstone is on its way. */
export async function askErasure(
  tx: Transaction,
  { kind, subjectId, by }: { kind: ErasureKind; subjectId: string; by: Asker },
): Promise<Erasure> {
  return tx.erasure.upsert({
    where: { kind_subjectId: { kind, subjectId } },
    create: { kind, subjectId, ...askedBy(by) },
    update: {},
  });
}

function askedBy(by: Asker): { askedByUserId: string | null; askedByKeyId: string | null } {
  return {
    askedByUserId: by.kind === 'user' ? by.id : null,
    askedByKeyId: by.kind === 'key' ? by.id : null,
  };
}
