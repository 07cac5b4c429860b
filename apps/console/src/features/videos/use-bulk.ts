'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';

const AT_ONCE = 4;

interface Bulk {
  /** How far it is, while it runs. */
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  /** What could not be done, in a sentence. */
  readonly failure: string | undefined;
  /** Resolves to whether all of it was done. */
  readonly run: (ids: readonly string[]) => Promise<boolean>;
  readonly reset: () => void;
}

/** Does the same with many videos, a few at a time. What is refused does not stop the others. */
export function useBulk(act: (id: string) => Promise<unknown>): Bulk {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Bulk['progress']>();
  const [failure, setFailure] = useState<string>();
  const run = async (ids: readonly string[]) => {
    const left = [...ids];
    const refusals: string[] = [];
    let done = 0;
    setFailure(undefined);
    setProgress({ done, total: ids.length });
    const work = async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        try {
          await act(id);
        } catch (error) {
          refusals.push(explain(error).sentence);
        }
        done += 1;
        setProgress({ done, total: ids.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await queries.invalidateQueries({ queryKey: trpc.videos.pathKey() });
    setProgress(undefined);
    const [first] = refusals;
    if (first !== undefined) setFailure(`${refusals.length} of ${ids.length} were left as they were: ${first}`);
    return first === undefined;
  };
  return { progress, failure, run, reset: () => setFailure(undefined) };
}
