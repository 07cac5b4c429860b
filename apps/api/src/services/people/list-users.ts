import type { UserView } from '@transcode/contracts';
import { hasText } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { USER_ROWS, userView } from '../../views/user-view.ts';
import { toPage } from '../lists/page.ts';

export interface UserFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
}

export async function listUsers(
  { services: { db } }: SignedInContext,
  { cursor, limit, search }: UserFilter,
): Promise<{ items: UserView[]; nextCursor: string | null }> {
  const contains = hasText(search ?? '');
  const rows = await db.user.findMany({
    where: {
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
      ...(search === undefined ? {} : { OR: [{ name: contains }, { email: contains }] }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: USER_ROWS,
  });
  const page = toPage(rows, limit);
  return { items: page.items.map(userView), nextCursor: page.nextCursor };
}
