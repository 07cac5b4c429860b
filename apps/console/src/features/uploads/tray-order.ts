import { needsPerson, type UploadItem } from './upload-item.ts';

/** What runs comes first, then what stands still and needs a look, then what waits its turn; what is through is last. */
function rankOf(item: UploadItem): number {
  if (item.state === 'uploading') return 0;
  if (needsPerson(item)) return 1;
  if (item.state === 'offline' || item.state === 'paused') return 2;
  return item.state === 'waiting' ? 3 : 4;
}

export function trayOrder(items: readonly UploadItem[]): readonly UploadItem[] {
  return items.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** The order that was seen, with what came since at its end: while somebody points at the list nothing in it moves. */
export function heldOrder(items: readonly UploadItem[], seen: readonly string[]): readonly UploadItem[] {
  const places = new Map(seen.map((id, place) => [id, place]));
  return trayOrder(items).toSorted(
    (one, other) => (places.get(one.id) ?? seen.length) - (places.get(other.id) ?? seen.length),
  );
}
