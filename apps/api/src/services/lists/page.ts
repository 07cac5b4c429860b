import { PAGE_DEFAULT, PAGE_MAX } from '@transcode/contracts';
import * as z from 'zod';

/** Lists go from new to old; the cursor is the id after which the next page starts. */
export const PageInput = z.object({
  cursor: z.uuid().optional(),
  limit: z.int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
});

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Cuts `limit + 1` rows to a page. */
export function toPage<T extends { readonly id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export function pageOf<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; nextCursor: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
