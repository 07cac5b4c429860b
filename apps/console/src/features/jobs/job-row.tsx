'use client';
import type { JobItem } from '@transcode/contracts';
import { classNames, formatMoment, formatSpan, Strip, Time } from '@transcode/ui';
import Link from 'next/link';
import { memo, useEffect, useRef } from 'react';
import { readyWords } from '../outlook/outlook-words.ts';
import { jobCells } from './job-cells.ts';
import { PRIORITY_WORDS } from './job-words.ts';
import { StateSign } from './state-sign.tsx';

/** As many as the API sends; on a phone they are thin, and still in order. */
const MOST_CELLS = 40;

interface JobRowProps {
  readonly job: JobItem;
  readonly index: number;
  readonly start: number;
  /** Given while it runs, so that its time is seen to pass. */
  readonly now: number | undefined;
  /** Undefined for who may not select. */
  readonly selected: boolean | undefined;
  /** All that the filter has are selected. */
  readonly isLocked: boolean;
  /** Something is selected: the boxes stay in sight. */
  readonly isChosen: boolean;
  /** The keyboard is here. */
  readonly isAt: boolean;
  readonly onToggle: (id: string, isRange: boolean) => void;
}

/** One job in 32 px. */
export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { job, index, start, now, selected, isLocked, isAt, onToggle } = props;
  const title = job.videoTitle;
  const row = useRef<HTMLTableRowElement>(null);
  // Another job in the same row is not what the keyboard was at.
  useEffect(
    () => () => {
      const focused = document.activeElement;
      if (focused instanceof HTMLElement && row.current?.contains(focused) === true) focused.blur();
    },
    [job.id],
  );
  return (
    <tr
      ref={row}
      aria-rowindex={index + 2}
      aria-current={isAt || undefined}
      data-selected={selected === true || undefined}
      data-job={job.id}
      data-state={job.state}
      data-selectable={selected !== undefined || undefined}
      className={classNames('jobs-row absolute inset-x-0 top-0', isAt && 'jobs-row-at')}
      style={{ transform: `translateY(${start}px)` }}
    >
      {selected !== undefined && (
        <td className="flex">
          <input
            type="checkbox"
            aria-label={`Select ${title}`}
            checked={selected}
            disabled={isLocked}
            onChange={(event) =>
              onToggle(job.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
            }
            className="jobs-box"
          />
        </td>
      )}
      <td>
        <StateSign state={job.state} outlook={job.outlook} />
      </td>
      <td className="min-w-0 truncate">
        <Link href={`/jobs/${job.id}`} prefetch={false} title={title} className="hover:underline underline-offset-4">
          {title}
        </Link>
      </td>
      <td>
        <Strip cells={jobCells(job)} size="line" most={MOST_CELLS} />
      </td>
      <td data-from="md" className="truncate text-ink-2">
        {job.preset}
      </td>
      <td data-from="md" className={job.priority === 'normal' ? 'text-ink-3' : ''}>
        {PRIORITY_WORDS[job.priority]}
      </td>
      <td data-from="sm" className="text-right text-ink-2">
        {job.startedAt ? <Time at={job.startedAt} /> : <span title={`Made ${formatMoment(job.createdAt)}`}>–</span>}
      </td>
      <td data-from="sm" className="text-right text-ink-2">
        <span title={readyWords(job.outlook)}>{tookWords(job, now)}</span>
      </td>
      <td data-from="lg" className="truncate text-red" title={job.failure?.detail ?? job.failure?.sentence}>
        {job.failure?.detail ?? job.failure?.sentence}
      </td>
    </tr>
  );
});

function tookWords({ startedAt, endedAt }: JobItem, now: number | undefined): string {
  const end = endedAt === null ? now : Date.parse(endedAt);
  if (startedAt === null || end === undefined) return '–';
  const seconds = Math.max(0, (end - Date.parse(startedAt)) / 1000);
  return seconds < 1 ? 'under 1 s' : formatSpan(seconds);
}
