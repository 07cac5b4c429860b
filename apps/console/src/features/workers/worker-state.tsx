import type { WorkerState as State } from '@transcode/contracts';
import { classNames, Icon, type IconName } from '@transcode/ui';
import { STATE_WORDS } from './worker-words.ts';

const SIGNS: Record<State, { icon: IconName; colour: string }> = {
  active: { icon: 'play', colour: 'text-ink-2' },
  paused: { icon: 'pause', colour: 'text-amber' },
  draining: { icon: 'drain', colour: 'text-amber' },
  drained: { icon: 'drain', colour: 'text-amber' },
  quarantined: { icon: 'alert', colour: 'text-red' },
  stopped: { icon: 'close', colour: 'text-ink-3' },
  gone: { icon: 'alert', colour: 'text-red' },
};

/** By shape, word and colour. */
export function WorkerState({ state }: { state: State }) {
  const { icon, colour } = SIGNS[state];
  return (
    <span className={classNames('inline-flex items-center gap-2 whitespace-nowrap', colour)} data-worker-state={state}>
      <Icon name={icon} className="size-3.5" />
      {STATE_WORDS[state]}
    </span>
  );
}
