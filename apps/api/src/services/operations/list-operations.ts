import type { MaintenanceItem, MaintenanceKind, OperationKind, OperationState } from '@transcode/contracts';
import type { Database, Erasure } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { erasedItem, maintenanceItem } from '../../views/operation-view.ts';
import { namesOfAskers } from '../erasures/names-of-askers.ts';
import { toPage } from '../lists/page.ts';

interface OperationListInput {
  readonly kind?: readonly MaintenanceKind[] | undefined;
  readonly state?: readonly OperationState[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** All work that is no video's, the newest first: what people and schedules ask for, and what is erased, of which there are other rows. */
export async function listOperations(
  { services: { db } }: SignedInContext,
  input: OperationListInput,
): Promise<{ items: MaintenanceItem[]; nextCursor: string | null }> {
  const [operations, erasures] = await Promise.all([findOperations(db, input), findErasures(db, input)]);
  const names = await namesOfAskers(db, erasures);
  const items = [...operations.map(maintenanceItem), ...erasures.map((erasure) => erasedItem(erasure, names))];
  return toPage(
    items.toSorted((one, other) => (one.id < other.id ? 1 : -1)),
    input.limit,
  );
}

function findOperations(db: Database, { kind, state, cursor, limit }: OperationListInput) {
  const kinds = kind?.filter((one): one is OperationKind => one !== 'erase');
  return db.operation.findMany({
    where: {
      ...(kinds && { kind: { in: kinds } }),
      ...(state && { state: { in: [...state] } }),
      ...(cursor !== undefined && { id: { lt: cursor } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
}

/** They wait for nobody, and go on until they are through. */
async function findErasures(db: Database, { kind, state, cursor, limit }: OperationListInput): Promise<Erasure[]> {
  const isRunning = state?.includes('running') ?? true;
  const isThrough = state?.includes('completed') ?? true;
  if (kind?.includes('erase') === false || !(isRunning || isThrough)) return [];
  return db.erasure.findMany({
    where: {
      ...(cursor !== undefined && { id: { lt: cursor } }),
      ...(isRunning && isThrough ? {} : { erasedAt: isRunning ? null : { not: null } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
}
