'use client';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import type { ReactNode } from 'react';
import { explain } from '../../lib/explain.ts';
import { FormError } from '../auth/form-error.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** The verb of what is done. */
  readonly confirm: string;
  readonly cancel?: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What it means. */
  readonly children: ReactNode;
}

/** Asks once more before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, confirm, cancel = 'Cancel', danger = true, busy, error, onConfirm, onClose, children } = props;
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      <div className="mt-3 flex flex-col gap-2 text-ink-2">{children}</div>
      <FormError sentence={error ? explain(error).sentence : undefined} />
      <DialogActions>
        <Button onClick={onClose}>{cancel}</Button>
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
