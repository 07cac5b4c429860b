'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** What a page keeps in its address, so that it can be shared and survives a reload. An empty value is left out of it. */
export function useUrlParams(): [
  params: Pick<URLSearchParams, 'get' | 'getAll'>,
  change: (change: Readonly<Record<string, string>>) => void,
] {
  const params = useSearchParams();
  const change = useCallback((values: Readonly<Record<string, string>>) => {
    // Of what the address bar has now: two changes in one moment must not lose each other.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    window.history.replaceState(null, '', query === '' ? window.location.pathname : `?${query}`);
  }, []);
  return [params, change];
}
