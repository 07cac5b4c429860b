'use client';
import type { ControlView, WorkScope } from '@transcode/contracts';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import { useState } from 'react';
import { drainWords } from '../workers/drain-words.ts';
import { useControlWork } from '../workers/use-control-work.ts';

interface ControlButtonsProps {
  readonly scope: WorkScope;
  /** What is meant, for people: `all work`, `CPU work`. */
  readonly what: string;
  /** What stops just this scope. */
  readonly control: ControlView | undefined;
  readonly running: number;
  /** Nobody serves it, and nothing of it runs: there is nothing to stop. */
  readonly unserved?: boolean;
  /** The buttons say what they stop: they do not stand in its row. */
  readonly named?: boolean;
}

/** Pause and drain, or resume. Draining takes work away from workers, so it is asked about with how much that is. */
export function ControlButtons({
  scope,
  what,
  control,
  running,
  unserved = false,
  named = false,
}: ControlButtonsProps) {
  const { isBusy: busy, pause, drain, resume } = useControlWork();
  const [asked, setAsked] = useState(false);
  if (control !== undefined) {
    return (
      <Button small busy={busy} onClick={() => resume(scope)} aria-label={`Resume ${what}`}>
        Resume{named && ` ${what}`}
      </Button>
    );
  }
  if (unserved) return <span className="text-small text-ink-3">No worker serves it</span>;
  return (
    <>
      <Button small busy={busy} onClick={() => pause(scope)} aria-label={`Pause ${what}`}>
        Pause{named && ` ${what}`}
      </Button>
      <Button small kind="quiet" busy={busy} onClick={() => setAsked(true)} aria-label={`Drain ${what}`}>
        Drain{named && ` ${what}`}…
      </Button>
      <Dialog open={asked} onClose={() => setAsked(false)} title={`Drain ${what}?`}>
        <p className="mt-3">{drainWords(running)}</p>
        <DialogActions>
          <Button onClick={() => setAsked(false)}>Leave it running</Button>
          <Button
            kind="danger"
            onClick={() => {
              setAsked(false);
              drain(scope);
            }}
          >
            Drain {what}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
