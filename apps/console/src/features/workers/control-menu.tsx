import type { ControlView, WorkScope } from '@transcode/contracts';
import { Icon, Menu, MenuItem } from '@transcode/ui';

interface ControlMenuProps {
  readonly workerId: string;
  /** Of just this worker, if there is one. */
  readonly own: ControlView | undefined;
  readonly onPause: (scope: WorkScope) => void;
  readonly onDrain: (scope: WorkScope) => void;
  readonly onResume: (scope: WorkScope) => void;
}

/** What can be done to one worker. */
export function ControlMenu({ workerId, own, onPause, onDrain, onResume }: ControlMenuProps) {
  const scope: WorkScope = `worker:${workerId}`;
  return (
    <Menu
      label={`More for ${workerId}`}
      trigger={<Icon name="more" />}
      triggerClassName="inline-flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
    >
      <MenuItem href={`/workers/${encodeURIComponent(workerId)}`}>Open</MenuItem>
      {own !== undefined && <MenuItem onSelect={() => onResume(scope)}>Resume</MenuItem>}
      {own?.state !== 'paused' && <MenuItem onSelect={() => onPause(scope)}>Pause: take nothing new</MenuItem>}
      {own?.state !== 'draining' && (
        <MenuItem onSelect={() => onDrain(scope)}>Drain: also hand back what runs…</MenuItem>
      )}
    </Menu>
  );
}
