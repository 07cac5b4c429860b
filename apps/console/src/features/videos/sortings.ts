import type { SortOrder, VideoSort } from '@transcode/contracts';

interface Sorting {
  readonly words: string;
  readonly sort: VideoSort;
  readonly order: SortOrder;
}

/** The orders of the list, by their names in the address; of each pair the first is what is meant mostly. */
export const SORTINGS = {
  newest: { words: 'Newest first', sort: 'added', order: 'descending' },
  oldest: { words: 'Oldest first', sort: 'added', order: 'ascending' },
  title: { words: 'Name, A to Z', sort: 'title', order: 'ascending' },
  'title-back': { words: 'Name, Z to A', sort: 'title', order: 'descending' },
  longest: { words: 'Longest first', sort: 'length', order: 'descending' },
  shortest: { words: 'Shortest first', sort: 'length', order: 'ascending' },
  largest: { words: 'Largest file first', sort: 'size', order: 'descending' },
  smallest: { words: 'Smallest file first', sort: 'size', order: 'ascending' },
} as const satisfies Record<string, Sorting>;

export type SortingName = keyof typeof SORTINGS;
export const SORTING_NAMES = Object.keys(SORTINGS) as SortingName[];

/** An order by its name in the address; anything else is the usual one. */
export function sortingNamed(name: string | null): SortingName {
  return SORTING_NAMES.find((one) => one === name) ?? 'newest';
}

/** What a press on the head of a column leads to: its order, then the same the other way round. */
export function nextSorting(column: VideoSort, now: SortingName): SortingName {
  const [first, second] = SORTING_NAMES.filter((name) => SORTINGS[name].sort === column);
  if (first === undefined || second === undefined) return now;
  return now === first ? second : first;
}
