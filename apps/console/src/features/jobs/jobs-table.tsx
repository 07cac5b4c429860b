'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { JobItem } from '@transcode/contracts';
import { useEffect, useEffectEvent, useRef } from 'react';
import { JobRow } from './job-row.tsx';
import { isSelected, type Selection } from './selection.ts';
import { useNow } from './use-now.ts';

const ROW_PX = 32;
/** So many rows are kept beyond each edge; together with a tall screen's they are fewer than a hundred. */
const OVERSCAN = 8;
/** For each number of rows the place of every one is worked out anew, so it grows in steps. */
const ROOM = 10_000;
/** The next page is asked for when this many rows are left. */
const AHEAD = 60;

interface JobsTableProps {
  readonly rows: readonly JobItem[];
  /** Absent for who may change nothing. */
  readonly selection: Selection | undefined;
  readonly onToggle: (id: string, isRange: boolean) => void;
  readonly onSeen: (ids: readonly string[]) => void;
  readonly more: { readonly exist: boolean; readonly failed: boolean; readonly load: () => void };
  readonly isChosen: boolean;
  /** The row at which the keyboard is, which is kept in sight; -1 before the first. */
  readonly at: number;
}

/** A window on the rows: only what is seen of them is in the page. */
export function JobsTable({ rows, selection, onToggle, onSeen, more, isChosen, at }: JobsTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // What it answers changes while it is the same object: nothing that is made of it may be remembered, and nothing is.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: Math.ceil(rows.length / ROOM) * ROOM,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const shown = virtual.getVirtualItems();
  // Rows that scroll out at one edge come in again at the other as the next ones: the page makes no new elements while it scrolls.
  const slots = Math.ceil((virtual.scrollRect?.height ?? 0) / ROW_PX) + 2 * OVERSCAN + 2;
  const first = shown[0]?.index ?? 0;
  const last = Math.min(shown.at(-1)?.index ?? 0, rows.length - 1);
  const now = useNow();

  useEffect(() => onSeen(rows.slice(first, last + 1).map(({ id }) => id)), [rows, first, last, onSeen]);
  const { exist, failed, load } = more;
  const wanted = exist && !failed && last >= rows.length - AHEAD;
  useEffect(() => {
    if (wanted) load();
  }, [wanted, load]);
  const reveal = useEffectEvent((index: number) => virtual.scrollToIndex(index));
  useEffect(() => {
    if (at >= 0) reveal(at);
  }, [at]);

  return (
    <div ref={scroller} className="jobs-scroller" tabIndex={-1}>
      <table aria-label="Jobs" aria-rowcount={exist ? -1 : rows.length + 1} className="jobs-table">
        <thead className="jobs-head">
          <tr className="jobs-row text-ink-3" data-selectable={selection !== undefined || undefined}>
            {selection && (
              <th>
                <span className="sr-only">Selected</span>
              </th>
            )}
            <th>State</th>
            <th>Video</th>
            <th>Progress</th>
            <th data-from="md">Preset</th>
            <th data-from="md">Priority</th>
            <th data-from="sm" data-end>
              Started
            </th>
            <th data-from="sm" data-end>
              Took
            </th>
            <th data-from="lg">What went wrong</th>
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: rows.length * ROW_PX }}>
          {shown.map(({ index, start }) => {
            const job = rows[index];
            return (
              job && (
                <JobRow
                  key={index % slots}
                  job={job}
                  index={index}
                  start={start}
                  now={job.state === 'running' ? now : undefined}
                  selected={selection && isSelected(selection, job.id)}
                  isLocked={selection?.kind === 'filter'}
                  isChosen={isChosen}
                  isAt={at === index}
                  onToggle={onToggle}
                />
              )
            );
          })}
        </tbody>
      </table>
      {failed && (
        <p className="sticky left-0 p-2 text-small text-amber">
          Older jobs could not be loaded.{' '}
          <button type="button" className="underline underline-offset-4" onClick={load}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
