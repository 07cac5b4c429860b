'use client';
import { createContext, use, useSyncExternalStore } from 'react';
import { WELL, type ServerWatch, type Standing } from './server-watch.ts';

export const WatchContext = createContext<ServerWatch | null>(null);

export function useServerWatch(): ServerWatch {
  const watch = use(WatchContext);
  if (!watch) throw new Error('useServerWatch needs an AwayProvider above it');
  return watch;
}

/** Whether the server is there, as this page knows. */
export function useStanding(): Standing {
  const watch = useServerWatch();
  return useSyncExternalStore(watch.subscribe, watch.standing, () => WELL);
}
