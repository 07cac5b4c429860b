import { DRAIN_DEADLINE_MS, HAND_BACK_MS, type WorkerView, type WorkScope } from '@transcode/contracts';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import { scopeWords } from './worker-words.ts';

interface DrainDialogProps {
  /** Undefined: nothing is asked. */
  readonly scope: WorkScope | undefined;
  readonly workers: readonly WorkerView[];
  readonly onDrain: (scope: WorkScope) => void;
  readonly onClose: () => void;
}

/** Draining takes work away from who is at it, so it is asked first, with how much that is. */
export function DrainDialog({ scope, workers, onDrain, onClose }: DrainDialogProps) {
  const tasks = scope === undefined ? 0 : tasksIn(scope, workers);
  const seconds = (DRAIN_DEADLINE_MS - HAND_BACK_MS) / 1000;
  return (
    <Dialog
      open={scope !== undefined}
      title={scope === undefined ? '' : `Drain ${scopeWords(scope)}?`}
      onClose={onClose}
    >
      <p className="mt-3 text-ink-2">
        {tasks === 0
          ? 'Nothing runs there now. Nothing new is taken until you resume it.'
          : `${tasks === 1 ? '1 running task gets' : `${tasks} running tasks get`} ${seconds} s to finish. What does not goes back to the queue without using up an attempt. Nothing new is taken until you resume it.`}
      </p>
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
          {tasks === 0 ? 'Drain' : `Drain ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function tasksIn(scope: WorkScope, workers: readonly WorkerView[]): number {
  return workers
    .flatMap(({ id, tasks }) => tasks.map((task) => ({ id, taskClass: task.class })))
    .filter(({ id, taskClass }) => scope === 'all' || scope === `worker:${id}` || scope === `class:${taskClass}`)
    .length;
}
