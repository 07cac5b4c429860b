'use client';
import { useMemo, useState } from 'react';
import type { ShownVideo } from './with-uploads.ts';

export interface Selection {
  /** What is chosen of what is shown, in its order. */
  readonly videos: readonly ShownVideo[];
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly all: () => void;
  readonly clear: () => void;
  /** How many are shown. */
  readonly shown: number;
}

/** Videos chosen for something to be done with all of them. One that is no longer shown is no longer chosen. */
export function useSelection(shown: readonly ShownVideo[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      videos: shown.filter(({ id }) => ids.has(id)),
      has: (id) => ids.has(id),
      toggle: (id) =>
        setIds((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id])),
      all: () => setIds(new Set(shown.map(({ id }) => id))),
      clear: () => setIds(new Set()),
      shown: shown.length,
    }),
    [ids, shown],
  );
}
