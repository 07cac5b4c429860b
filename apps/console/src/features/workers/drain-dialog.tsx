import { counted, type WorkerView, type WorkScope } from '@transcode/contracts';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import { drainWords } from './drain-words.ts';
import { runningIn, scopeWords } from './worker-words.ts';

interface DrainDialogProps {
  /** Undefined: nothing is asked. */
  readonly scope: WorkScope | undefined;
  readonly workers: readonly WorkerView[];
  readonly onDrain: (scope: WorkScope) => void;
  readonly onClose: () => void;
}

/** Draining takes work away from who is at it, so it is asked first, with how much that is. */
export function DrainDialog({ scope, workers, onDrain, onClose }: DrainDialogProps) {
  const tasks = scope === undefined ? 0 : runningIn(scope, workers);
  return (
    <Dialog
      open={scope !== undefined}
      title={scope === undefined ? '' : `Drain ${scopeWords(scope)}?`}
      onClose={onClose}
    >
      <p className="mt-3 text-ink-2">{drainWords(tasks)}</p>
      <DialogActions>
        <Button kind="quiet" onClick={onClose}>
          Leave it running
        </Button>
        <Button
          kind="primary"
          onClick={() => {
            if (scope !== undefined) onDrain(scope);
            onClose();
          }}
        >
          {tasks === 0 ? 'Drain' : `Drain ${counted(tasks, 'task')}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
