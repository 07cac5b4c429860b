'use client';
import { useCallback, useState } from 'react';
import type { readDraft } from './read-draft.ts';

type Reader = typeof readDraft;

/** What reads a draft comes with the first touch of the form: until then it is the preset that it was begun from. */
export function useReader(): { readonly reader: Reader | undefined; readonly load: () => Promise<Reader | undefined> } {
  const [reader, setReader] = useState<Reader>();
  const load = useCallback(async () => {
    try {
      const loaded = (await import('./read-draft.ts')).readDraft;
      setReader(() => loaded);
      return loaded;
    } catch {
      // There is no line by which it could be had: the next touch asks again.
      return undefined;
    }
  }, []);
  return { reader, load };
}
