'use client';
import type { MaintenanceItem } from '@transcode/contracts';
import { Button, classNames, formatMoment, formatSpan, Strip, Time } from '@transcode/ui';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { StateSign } from '../jobs/state-sign.tsx';
import { useNow } from '../jobs/use-now.ts';
import { operationCells, pathOf, secondsOf, titleOf } from './operation-words.ts';

interface OperationsTableProps {
  readonly rows: readonly MaintenanceItem[];
  /** The row at which the keyboard is; -1 before the first. */
  readonly at: number;
  /** It could not be had just now. */
  readonly isOld: boolean;
  readonly more: { readonly exist: boolean; readonly busy: boolean; readonly load: () => void };
}

export function OperationsTable({ rows, at, isOld, more }: OperationsTableProps) {
  const now = useNow();
  return (
    <div className="jobs-scroller" tabIndex={-1}>
      <table aria-label="Maintenance" className="jobs-table operations-table">
        <thead className="jobs-head">
          <tr className="jobs-row text-ink-3">
            <th>State</th>
            <th>Work</th>
            <th>Steps</th>
            <th data-from="md">Asked for by</th>
            <th data-from="sm" data-end>
              Started
            </th>
            <th data-from="sm" data-end>
              Took
            </th>
            <th data-from="lg">What it says</th>
          </tr>
        </thead>
        <tbody className="block">
          {rows.map((row, place) => (
            <Row key={row.id} row={row} now={now} isAt={place === at} />
          ))}
        </tbody>
      </table>
      {isOld && (
        <p className="sticky left-0 p-2 text-small text-amber">
          What is shown is old: it could not be loaded just now.
        </p>
      )}
      {more.exist && (
        <Button small className="mt-3" busy={more.busy} onClick={more.load}>
          Show more
        </Button>
      )}
    </div>
  );
}

function Row({ row, now, isAt }: { row: MaintenanceItem; now: number; isAt: boolean }) {
  const { id, kind, state, askedBy, startedAt, createdAt, doing, sentence } = row;
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isAt) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isAt]);
  const title = titleOf(row);
  const seconds = secondsOf(row, now);
  const said = sentence ?? doing;
  return (
    <tr
      ref={element}
      aria-current={isAt || undefined}
      data-operation={kind}
      data-state={state}
      data-id={id}
      className={classNames('jobs-row', isAt && 'jobs-row-at')}
    >
      <td>
        <StateSign state={state} outlook={null} />
      </td>
      <td className="min-w-0 truncate">
        <Link href={pathOf(row)} prefetch={false} title={title} className="hover:underline underline-offset-4">
          {title}
        </Link>
      </td>
      <td>
        <Strip cells={operationCells(row)} size="line" most={5} />
      </td>
      <td data-from="md" className="truncate text-ink-2" title={askedBy ?? undefined}>
        {askedBy ?? (kind === 'erase' ? '–' : 'Schedule')}
      </td>
      <td data-from="sm" className="text-right text-ink-2">
        {startedAt ? <Time at={startedAt} /> : <span title={`Asked for ${formatMoment(createdAt)}`}>–</span>}
      </td>
      <td data-from="sm" className="text-right text-ink-2">
        {seconds === undefined ? '–' : seconds < 1 ? 'under 1 s' : formatSpan(seconds)}
      </td>
      <td
        data-from="lg"
        className={classNames(
          'truncate',
          state === 'failed' ? 'text-red' : sentence === null ? 'text-ink-2' : 'text-amber',
        )}
        title={said ?? undefined}
      >
        {said}
      </td>
    </tr>
  );
}
