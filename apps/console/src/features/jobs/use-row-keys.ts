'use client';
import type { JobItem } from '@transcode/contracts';
import { useRouter } from 'next/navigation';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../command/shortcuts.tsx';

interface RowKeys {
  readonly rows: readonly JobItem[];
  readonly onToggle: (id: string, isRange: boolean) => void;
  readonly mayToggle: boolean;
}

/**
 * j and k go down and up, o opens, x selects. Says at which row one is; -1 before the first. One is at a job and not at a place: rows that
 * come, go or are narrowed put no other job under the keys.
 */
export function useRowKeys({ rows, onToggle, mayToggle }: RowKeys): number {
  const router = useRouter();
  const [jobId, setJobId] = useState<string>();
  const at = useMemo(() => (jobId === undefined ? -1 : rows.findIndex(({ id }) => id === jobId)), [rows, jobId]);
  const latest = useRef({ rows, onToggle, at });
  useLayoutEffect(() => {
    latest.current = { rows, onToggle, at };
  });
  const shortcuts = useMemo(() => {
    const go = (step: number) => {
      const { rows: all, at: from } = latest.current;
      setJobId(all[Math.min(all.length - 1, Math.max(0, from + step))]?.id);
    };
    const open = () => {
      const id = latest.current.rows[latest.current.at]?.id;
      if (id !== undefined) router.push(`/jobs/${id}`);
    };
    const toggle = () => {
      const id = latest.current.rows[latest.current.at]?.id;
      if (id !== undefined) latest.current.onToggle(id, false);
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
