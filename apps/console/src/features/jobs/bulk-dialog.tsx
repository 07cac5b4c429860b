'use client';
import { counted as inWords, nounFor, type Priority } from '@transcode/contracts';
import { Button, Dialog, DialogActions, Progress, useToast } from '@transcode/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { FormError } from '../auth/form-error.tsx';
import { PRIORITY_WORDS } from './job-words.ts';
import type { Selection } from './selection.ts';
import { useBulk, type BulkFilter } from './use-bulk.ts';

export type BulkDeed =
  { readonly kind: 'cancel' } | { readonly kind: 'retry' } | { readonly kind: 'priority'; readonly priority: Priority };

interface BulkDialogProps {
  /** Undefined: it is closed. */
  readonly deed: BulkDeed | undefined;
  readonly selection: Selection;
  /** Asked for when the dialog is opened. */
  readonly filter: () => BulkFilter;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Counts first, says what it means, and then does it, a hundred at a time. */
export function BulkDialog({ deed, selection, filter, onClose, onDone }: BulkDialogProps) {
  return (
    <Dialog open={deed !== undefined} onClose={onClose} title={deed ? TITLES[deed.kind] : ''}>
      {deed && <Asked deed={deed} selection={selection} filter={filter} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function Asked({ deed, selection, filter, onClose, onDone }: BulkDialogProps & { readonly deed: BulkDeed }) {
  const [asked] = useState(filter);
  const bulk = useBulk(deed, selection, asked);
  const toast = useToast();
  const counting = useQuery({ queryKey: ['count', deed, asked, selection], queryFn: bulk.count, gcTime: 0 });
  const counted = counting.data;
  const [done, setDone] = useState<number>();
  const [failure, setFailure] = useState<unknown>();
  const error = failure ?? counting.error ?? undefined;
  const run = async () => {
    setFailure(undefined);
    setDone(0);
    try {
      const changed = await bulk.run(setDone);
      toast({ text: DONE[deed.kind](jobs(changed)) });
      onClose();
      onDone();
    } catch (thrown) {
      setFailure(thrown);
      setDone(undefined);
    }
  };
  const number = counted && `${counted.more ? 'more than ' : ''}${jobs(counted.count)}`;
  return (
    <>
      <p className="mt-3">
        {number === undefined
          ? 'Counting …'
          : counted?.count === 0
            ? NONE[deed.kind]
            : sentenceOf(deed, number, counted?.count ?? 0)}
      </p>
      {counted !== undefined && counted.count > 0 && counted.skipped > 0 && (
        <p className="mt-2 text-ink-2">
          {jobs(counted.skipped)} of the selection{' '}
          {nounFor(
            counted.skipped,
            'stays as it is: it means nothing for it',
            'stay as they are: it means nothing for them',
          )}
          .
        </p>
      )}
      {done !== undefined && counted && (
        <div className="mt-4">
          <Progress fraction={done / Math.max(1, counted.count)} label="Done" />
          <p className="mt-2 text-small text-ink-2" aria-live="polite">
            {done.toLocaleString('en')} of {number}
          </p>
        </div>
      )}
      <FormError sentence={error === undefined ? undefined : explain(error).sentence} />
      <DialogActions>
        <Button onClick={onClose}>{counted?.count === 0 ? 'Close' : 'Keep them as they are'}</Button>
        {counted !== undefined && counted.count > 0 && (
          <Button
            kind={deed.kind === 'cancel' ? 'danger' : 'primary'}
            busy={done !== undefined}
            onClick={() => void run()}
          >
            {VERBS[deed.kind]} {counted.more ? 'all of them' : number}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

const TITLES = {
  cancel: 'Cancel the work on these jobs?',
  retry: 'Try these jobs again?',
  priority: 'Move these jobs?',
};
const VERBS = { cancel: 'Cancel', retry: 'Retry', priority: 'Move' };
const DONE = {
  cancel: (what: string) => `${what} canceled`,
  retry: (what: string) => `${what} started again`,
  priority: (what: string) => `${what} moved`,
};
const NONE = {
  cancel: 'None of them is waiting or running any more, so there is nothing to cancel.',
  retry: 'None of them can be tried again: they did not fail, or were tried again already.',
  priority: 'None of them is waiting or running with another priority, so there is nothing to move.',
};

function sentenceOf(deed: BulkDeed, number: string, count: number): string {
  if (deed.kind === 'cancel') {
    return `The work on ${number} ends now. What was encoded is kept for a while, so that a retry goes on with it.`;
  }
  if (deed.kind === 'retry') {
    return `${nounFor(count, 'The video', 'The videos')} of ${number} ${nounFor(count, 'starts', 'start')} again. What was encoded before is used again where it still fits.`;
  }
  return `${number[0]?.toUpperCase()}${number.slice(1)} ${nounFor(count, 'gets', 'get')} the priority “${PRIORITY_WORDS[deed.priority].toLowerCase()}”. What is being worked on goes on.`;
}

function jobs(count: number): string {
  return inWords(count, 'job');
}
