import { WorkScope, type ControlView } from '@transcode/contracts';
import { Button, Icon, Time } from '@transcode/ui';
import { controlWords, scopeWords } from './worker-words.ts';

/** What operators have stopped, who it was, and how to let it go on. */
export function ControlsList({
  controls,
  busy,
  onResume,
}: {
  controls: readonly ControlView[];
  busy: boolean;
  onResume: (scope: WorkScope) => void;
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
          <span className="font-medium">{controlWords(control)}</span>
          <span className="text-ink-2">
            by {control.by}, <Time at={control.at} />
          </span>
          <Button
            small
            kind="quiet"
            className="ml-auto"
            busy={busy}
            onClick={() => {
              const scope = WorkScope.safeParse(control.scope);
              if (scope.success) onResume(scope.data);
            }}
          >
            Resume {scopeWords(control.scope)}
          </Button>
        </li>
      ))}
    </ul>
  );
}
