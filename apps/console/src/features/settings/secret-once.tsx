'use client';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import type { ReactNode } from 'react';
import { Command } from '../video/command.tsx';

interface SecretOnceProps {
  readonly title: string;
  readonly secret: string | undefined;
  /** What it is and what to do with it. */
  readonly children: ReactNode;
  /** What else it is good for. */
  readonly further?: ReactNode;
  readonly onClose: () => void;
}

/** A secret that is shown now and never again, to be copied. */
export function SecretOnce({ title, secret, children, further, onClose }: SecretOnceProps) {
  return (
    <Dialog open={secret !== undefined} title={title} onClose={onClose}>
      <div className="mt-3 flex flex-col gap-4">
        <div className="text-ink-2">{children}</div>
        <Command text={secret ?? ''} />
        {further}
        <p className="text-small text-amber">It is shown this once. Copy it before you close this.</p>
      </div>
      <DialogActions>
        <Button kind="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
