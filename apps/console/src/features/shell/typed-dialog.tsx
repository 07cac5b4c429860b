'use client';
import { Button, Dialog, DialogActions, Field } from '@transcode/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import { explain } from '../../lib/explain.ts';
import { FormError } from '../auth/form-error.tsx';

interface TypedDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** What has to be typed, and what that is. */
  readonly expected: string;
  readonly label: string;
  /** The verb of what is done. */
  readonly confirm: string;
  /** `danger`, the default: it takes something away. */
  readonly kind?: 'primary' | 'danger';
  /** What is still to be said beside the name. */
  readonly incomplete?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: (typed: string) => void;
  readonly onClose: () => void;
  /** What it means. */
  readonly children: ReactNode;
}

/** Has a name typed before what is of weight is done to its bearer. */
export function TypedDialog(props: TypedDialogProps) {
  const { open, title, expected, label, confirm, kind = 'danger', incomplete = false } = props;
  const { busy, error, onConfirm, onClose, children } = props;
  const [typed, setTyped] = useState('');
  const isRight = !incomplete && typed.trim().toLowerCase() === expected.trim().toLowerCase();
  const close = () => {
    setTyped('');
    onClose();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isRight) onConfirm(typed);
  };
  return (
    <Dialog open={open} title={title} onClose={close}>
      <form onSubmit={onSubmit}>
        <div className="mt-3 mb-4 flex flex-col gap-2 text-ink-2">
          {children}
          <p>
            Type <span className="font-mono break-all text-ink">{expected}</span> to go on.
          </p>
        </div>
        <Field
          label={label}
          name="confirm"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          maxLength={320}
          required
        />
        <FormError sentence={error ? explain(error).sentence : undefined} />
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" kind={kind} busy={busy} disabled={!isRight || busy}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
