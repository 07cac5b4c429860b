'use client';
import { DRAIN_DEADLINE_MS, type ControlView, type WorkScope } from '@transcode/contracts';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import { useState } from 'react';
import { useControl } from './use-control.ts';

interface ControlButtonsProps {
  readonly scope: WorkScope;
  /** What is meant, for people: `all work`, `CPU work`. */
  readonly what: string;
  /** What stops just this scope. */
  readonly control: ControlView | undefined;
  readonly running: number;
  /** The buttons say what they stop: they do not stand in its row. */
  readonly named?: boolean;
}

/** Pause and drain, or resume. Draining takes work away from workers, so it is asked about with how much that is. */
export function ControlButtons({ scope, what, control, running, named = false }: ControlButtonsProps) {
  const { busy, pause, drain, resume } = useControl(scope);
  const [asked, setAsked] = useState(false);
  if (control !== undefined) {
    return (
      <Button small busy={busy} onClick={resume} aria-label={`Resume ${what}`}>
        Resume{named && ` ${what}`}
      </Button>
    );
  }
  return (
    <>
      <Button small busy={busy} onClick={pause} aria-label={`Pause ${what}`}>
        Pause{named && ` ${what}`}
      </Button>
      <Button small kind="quiet" busy={busy} onClick={() => setAsked(true)} aria-label={`Drain ${what}`}>
        Drain{named && ` ${what}`}…
      </Button>
      <Dialog open={asked} onClose={() => setAsked(false)} title={`Drain ${what}?`}>
        <p className="mt-3">Nothing new is taken. {runningWords(running)} It stays so until you resume.</p>
        <DialogActions>
          <Button onClick={() => setAsked(false)}>Leave it running</Button>
          <Button
            kind="danger"
            onClick={() => {
              setAsked(false);
              drain();
            }}
          >
            Drain {what}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

function runningWords(running: number): string {
  if (running === 0) return 'Nothing runs just now.';
  const what = running === 1 ? 'The task that runs ends' : `The ${running} tasks that run end`;
  return `${what} within ${DRAIN_DEADLINE_MS / 1000} seconds, or go${running === 1 ? 'es' : ''} back into the queue without counting as failed.`;
}
