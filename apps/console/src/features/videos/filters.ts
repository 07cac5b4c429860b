import type { VideoState } from '@transcode/contracts';

/** What the list can be narrowed to, in an editor's words. */
export const FILTERS = {
  all: { words: 'All', states: undefined },
  ready: { words: 'Ready', states: ['ready', 'playable'] },
  work: { words: 'In work', states: ['uploading', 'processing', 'playable'] },
  failed: { words: 'Failed', states: ['failed', 'canceled'] },
} as const satisfies Record<string, { words: string; states: readonly VideoState[] | undefined }>;

export type Filter = keyof typeof FILTERS;
export const FILTER_NAMES = Object.keys(FILTERS) as Filter[];

/** A filter by its name in the address; anything else is all. */
export function filterNamed(name: string | null): Filter {
  return FILTER_NAMES.find((one) => one === name) ?? 'all';
}
