'use client';
import { Button, Dialog, DialogActions } from '@transcode/ui';

interface CancelWorkDialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onCancel: () => void;
  readonly onClose: () => void;
}

/** Canceling takes away what somebody may be waiting for, so it is asked first, with what becomes of it. */
export function CancelWorkDialog({ title, open, onCancel, onClose }: CancelWorkDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Cancel the work on this video?">
      <p className="mt-3 line-clamp-3 font-medium">{title}</p>
      <p className="mt-2 text-ink-2">
        The work ends now, and the video is not published. Its file is kept, and what was encoded so far for a while: a
        retry goes on with it. The history says that you canceled it.
      </p>
      <DialogActions>
        <Button onClick={onClose}>Let it go on</Button>
        <Button
          kind="danger"
          onClick={() => {
            onClose();
            onCancel();
          }}
        >
          Cancel the work
        </Button>
      </DialogActions>
    </Dialog>
  );
}
