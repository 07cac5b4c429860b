'use client';
import { useRouter } from 'next/navigation';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../command/shortcuts.tsx';

interface RowKeys<T extends { readonly id: string }> {
  readonly rows: readonly T[];
  readonly hrefOf: (row: T) => string;
  /** Absent for who may select nothing. */
  readonly onToggle?: ((id: string, isRange: boolean) => void) | undefined;
}

/**
 * j and k go down and up, o opens, x selects. Says at which row one is; -1 before the first. One is at a job and not at a place: rows that
 * come, go or are narrowed put no other job under the keys.
 */
export function useRowKeys<T extends { readonly id: string }>({ rows, hrefOf, onToggle }: RowKeys<T>): number {
  const router = useRouter();
  const [jobId, setJobId] = useState<string>();
  const at = useMemo(() => (jobId === undefined ? -1 : rows.findIndex(({ id }) => id === jobId)), [rows, jobId]);
  const latest = useRef({ rows, hrefOf, onToggle, at });
  const mayToggle = onToggle !== undefined;
  useLayoutEffect(() => {
    latest.current = { rows, hrefOf, onToggle, at };
  });
  const shortcuts = useMemo(() => {
    const go = (step: number) => {
      const { rows: all, at: from } = latest.current;
      setJobId(all[Math.min(all.length - 1, Math.max(0, from + step))]?.id);
    };
    const open = () => {
      const row = latest.current.rows[latest.current.at];
      if (row !== undefined) router.push(latest.current.hrefOf(row));
    };
    const toggle = () => {
      const id = latest.current.rows[latest.current.at]?.id;
      if (id !== undefined) latest.current.onToggle?.(id, false);
    };
    return [
      { keys: 'j', words: 'Next job', run: () => go(1) },
      { keys: 'k', words: 'Job before', run: () => go(-1) },
      { keys: 'o', words: 'Open the job', run: open },
      ...(mayToggle ? [{ keys: 'x', words: 'Select the job', run: toggle }] : []),
    ];
  }, [router, mayToggle]);
  useShortcuts(shortcuts);
  return at;
}
