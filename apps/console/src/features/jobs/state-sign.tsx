import type { JobState, Outlook } from '@transcode/contracts';
import { classNames, Icon } from '@transcode/ui';
import { isHeld, stoppedWords } from '../outlook/outlook-words.ts';
import { STATE_WORDS } from './job-words.ts';

const TEXT: Record<JobState, string> = {
  queued: 'text-ink-2',
  running: 'text-ink',
  completed: 'text-ink-2',
  failed: 'text-red',
  canceled: 'text-ink-3',
};

/** Where a job stands: a shape and a word. */
export function StateSign({ state, outlook }: { state: JobState; outlook: Outlook | null }) {
  if (isHeld(outlook)) {
    const who = stoppedWords(outlook);
    return (
      <span
        className="flex items-center gap-2 whitespace-nowrap text-amber"
        title={who ?? 'No worker that is well does what it needs'}
      >
        <span aria-hidden="true" className="flex size-4 shrink-0 items-center justify-center">
          <Icon name="pause" />
        </span>
        {who === undefined ? 'No worker' : 'Paused'}
      </span>
    );
  }
  return (
    <span className={classNames('flex items-center gap-2 whitespace-nowrap', TEXT[state])}>
      <span aria-hidden="true" className="flex size-4 shrink-0 items-center justify-center">
        <Shape state={state} />
      </span>
      {STATE_WORDS[state]}
    </span>
  );
}

function Shape({ state }: { state: JobState }) {
  if (state === 'completed') return <Icon name="check" />;
  if (state === 'failed') return <Icon name="alert" />;
  if (state === 'canceled') return <span className="h-px w-3 bg-edge" />;
  return (
    <span
      className={classNames('h-3.5 w-2.5 rounded-[1px]', state === 'running' ? 'bg-accent' : 'border border-edge')}
    />
  );
}
