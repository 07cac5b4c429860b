import { workScopeOf, type ControlView, type WorkerView, type WorkScope } from '@transcode/contracts';
import { Button, Icon, Time } from '@transcode/ui';
import { controlWords, runningIn, scopeWords } from './worker-words.ts';

/** What operators have stopped, who it was, and how to let it go on. */
export function ControlsList({
  controls,
  workers,
  busy,
  onResume,
  note,
}: {
  controls: readonly ControlView[];
  /** Absent where one may not know what they do. */
  workers?: readonly WorkerView[];
  busy: boolean;
  /** Absent for who may not. */
  onResume?: (scope: WorkScope) => void;
  note?: string;
}) {
  if (controls.length === 0) return null;
  return (
    <ul aria-label="Stopped by operators" className="mb-6 flex flex-col gap-2">
      {controls.map((control) => (
        <li
          key={control.scope}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-amber px-3 py-1 text-small"
        >
          <Icon name={control.state === 'paused' ? 'pause' : 'drain'} className="size-3.5 text-amber" />
          <span className="font-medium">{controlWords(control, workers && runningIn(control.scope, workers))}</span>
          <span className="text-ink-2">
            by {control.by}, <Time at={control.at} />
          </span>
          {note !== undefined && <span className="text-ink-3">{note}</span>}
          {onResume !== undefined && (
            <Button
              small
              kind="quiet"
              className="ml-auto"
              busy={busy}
              onClick={() => {
                const scope = workScopeOf(control.scope);
                if (scope !== undefined) onResume(scope);
              }}
            >
              Resume {scopeWords(control.scope)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
