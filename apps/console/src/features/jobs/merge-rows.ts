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

/** How many of the newest rows are not among those that are shown: made since, or come into what the list is narrowed to. */
export function countNew(
  newest: readonly { readonly id: string }[],
  shown: readonly { readonly id: string }[],
): number {
  const known = new Set(shown.map(({ id }) => id));
  return newest.filter(({ id }) => !known.has(id)).length;
}
