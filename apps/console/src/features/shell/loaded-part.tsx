'use client';
import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { patiently } from './patiently.ts';

interface LoadedPartProps {
  /** The same each time. */
  readonly load: () => Promise<ComponentType>;
  readonly isWanted: boolean;
  /** What stands in its place until then. */
  readonly children?: ReactNode;
}

/** A part of the page that comes once it is wanted. */
export function LoadedPart({ load, isWanted, children }: LoadedPartProps) {
  const [loaded, setLoaded] = useState<{ readonly Part: ComponentType }>();
  const isMissing = isWanted && loaded === undefined;
  useEffect(() => {
    if (!isMissing) return undefined;
    let isOver = false;
    const ask = async () => {
      try {
        const Part = await patiently(load, () => !isOver);
        if (!isOver) setLoaded({ Part });
      } catch {
        // What stands in its place stays.
      }
    };
    void ask();
    return () => {
      isOver = true;
    };
  }, [isMissing, load]);
  return loaded === undefined ? children : <loaded.Part />;
}
