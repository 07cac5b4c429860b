/** Rows chosen one by one, or all that the filter has, also those that were not loaded. */
export type Selection =
  | { readonly kind: 'rows'; readonly ids: ReadonlySet<string>; readonly anchor: string | undefined }
  | { readonly kind: 'filter' };

export const NOTHING: Selection = { kind: 'rows', ids: new Set(), anchor: undefined };

/** A row is ticked or not; with shift, so are all between it and the one before. `rows` are all, in their order. */
export function toggleRow(
  selection: Selection,
  id: string,
  { isRange, rows }: { isRange: boolean; rows: readonly { readonly id: string }[] },
): Selection {
  if (selection.kind === 'filter') return selection;
  const ids = new Set(selection.ids);
  const isOn = !ids.has(id);
  for (const one of isRange ? between(rows, selection.anchor, id) : [id]) {
    if (isOn) ids.add(one);
    else ids.delete(one);
  }
  return { kind: 'rows', ids, anchor: id };
}

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'filter' || selection.ids.has(id);
}

export function isEmpty(selection: Selection): boolean {
  return selection.kind === 'rows' && selection.ids.size === 0;
}

function between(rows: readonly { readonly id: string }[], anchor: string | undefined, id: string): string[] {
  const from = rows.findIndex((row) => row.id === anchor);
  const to = rows.findIndex((row) => row.id === id);
  if (from === -1 || to === -1) return [id];
  return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id);
}
