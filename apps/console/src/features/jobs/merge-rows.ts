interface Page<T> {
  readonly items: readonly T[];
}

/** Pages with fresh rows in the places of the old ones. Nothing moves, and what did not change stays the same object. */
export function mergeRows<T extends { readonly id: string }, P extends Page<T>>(
  pages: readonly P[],
  fresh: readonly T[],
): P[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  return pages.map((page) =>
    page.items.some(({ id }) => byId.has(id))
      ? { ...page, items: page.items.map((row) => byId.get(row.id) ?? row) }
      : page,
  );
}

/** How many rows stand before the first one that is shown. Ids grow with time. */
export function countNewer(rows: readonly { readonly id: string }[], first: string | undefined): number {
  return first === undefined ? rows.length : rows.filter(({ id }) => id > first).length;
}
