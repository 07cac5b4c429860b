'use client';
import { PRIORITIES } from '@transcode/contracts';
import { Button, Menu, MenuItem } from '@transcode/ui';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { patiently } from '../shell/patiently.ts';
import type { BulkDeed } from './bulk-dialog.tsx';
import type { JobFilter } from './job-query.ts';
import { PRIORITY_WORDS } from './job-words.ts';
import { isEmpty, NOTHING, type Selection } from './selection.ts';

/** Comes with the first selection. */
const BulkDialog = dynamic(() => patiently(() => import('./bulk-dialog.tsx')).then((module) => module.BulkDialog), {
  loading: () => null,
});

interface BulkBarProps {
  readonly selection: Selection;
  readonly filter: () => JobFilter;
  readonly onSelect: (selection: Selection) => void;
  readonly onDone: () => void;
  readonly canSelect: boolean;
  readonly loaded: number;
  readonly hasMore: boolean;
  readonly children: ReactNode;
}

/** One line above the table, always there so that nothing moves: what is selected, and what can be done with it. */
export function BulkBar({ selection, filter, onSelect, onDone, canSelect, loaded, hasMore, children }: BulkBarProps) {
  const [deed, setDeed] = useState<BulkDeed>();
  const chosen = !isEmpty(selection);
  return (
    <>
      <div className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 pb-2 text-small" aria-live="polite">
        {chosen ? (
          <>
            <span className="pr-2 font-medium">{selectedWords(selection)}</span>
            <Button small onClick={() => setDeed({ kind: 'retry' })}>
              Retry…
            </Button>
            <Button small onClick={() => setDeed({ kind: 'cancel' })}>
              Cancel the work…
            </Button>
            <Menu label="Priority" align="start">
              {PRIORITIES.toReversed().map((priority) => (
                <MenuItem key={priority} onSelect={() => setDeed({ kind: 'priority', priority })}>
                  {PRIORITY_WORDS[priority]}…
                </MenuItem>
              ))}
            </Menu>
            <Button small kind="quiet" onClick={() => onSelect(NOTHING)}>
              Clear the selection
            </Button>
          </>
        ) : (
          <span className="text-ink-3">{loadedWords(loaded, hasMore)}</span>
        )}
        {canSelect && selection.kind === 'rows' && (
          <Button small kind="quiet" onClick={() => onSelect({ kind: 'filter' })}>
            Select all that match
          </Button>
        )}
        <span className="grow" />
        {children}
      </div>
      {chosen && (
        <BulkDialog
          deed={deed}
          selection={selection}
          filter={filter}
          onClose={() => setDeed(undefined)}
          onDone={onDone}
        />
      )}
    </>
  );
}

function selectedWords(selection: Selection): string {
  if (selection.kind === 'filter') return 'All that match are selected';
  return `${selection.ids.size.toLocaleString('en')} selected`;
}

function loadedWords(loaded: number, hasMore: boolean): string {
  if (loaded === 0) return '';
  const jobs = loaded === 1 && !hasMore ? '1 job' : `${loaded.toLocaleString('en')} jobs`;
  return hasMore ? `Newest ${jobs}, older ones as you scroll` : jobs;
}
