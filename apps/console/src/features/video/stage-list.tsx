import type { Stage } from '@transcode/contracts';
import { formatFps, formatSpan, formatSpeed, Icon } from '@transcode/ui';
import type { StageGroup } from './stage-groups.ts';

export const STAGE_WORDS: Record<Stage, string> = {
  probe: 'Read the file',
  plan: 'Plan the renditions',
  encode: 'Encode the picture',
  audio: 'Encode the sound',
  package: 'Write the playlists',
  verify: 'Check every frame',
  measure: 'Measure the quality',
  publish: 'Publish',
  poster: 'Make the chosen poster',
  erase: 'Remove the files',
};

const STATE_WORDS: Record<StageGroup['state'], string> = {
  waiting: 'waiting',
  running: 'in work',
  done: 'done',
  failed: 'failed',
  canceled: 'canceled',
};

/** The journey as a list: done, in work and how fast, still to come. `told` is the failure the page shows already. */
export function StageList({ groups, told }: { groups: readonly StageGroup[]; told?: string | undefined }) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {groups.map((group) => (
        <li
          key={group.stage}
          className="flex min-h-10 flex-wrap items-center gap-x-3 py-2"
          data-stage={group.stage}
          data-state={group.state}
        >
          <Sign state={group.state} />
          <span className={group.state === 'waiting' || group.state === 'canceled' ? 'text-ink-3' : ''}>
            {STAGE_WORDS[group.stage]}
            <span className="sr-only">, {STATE_WORDS[group.state]}</span>
          </span>
          <span className="ml-auto text-right text-small text-ink-2">{figures(group)}</span>
          {group.failure && group.failure !== told && (
            <span className="w-full pl-7 text-small text-red">{group.failure}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

function Sign({ state }: { state: StageGroup['state'] }) {
  if (state === 'done') return <Icon name="check" className="size-4 text-ink-2" />;
  if (state === 'failed') return <Icon name="alert" className="size-4 text-red" />;
  return (
    <span aria-hidden="true" className="flex size-4 items-center justify-center">
      <span className={`h-3.5 w-2.5 rounded-[1px] ${state === 'running' ? 'bg-accent' : 'border border-edge'}`} />
    </span>
  );
}

function figures(group: StageGroup): string {
  const parts = group.total > 1 ? [`${group.done} of ${group.total} parts`] : [];
  if (group.takenOver > 0) parts.push(`${group.takenOver} taken over`);
  if (group.state === 'running') {
    if (group.fps !== undefined && group.fps > 0) parts.push(`${formatFps(group.fps)} frames/s`);
    if (group.speed !== undefined && group.speed > 0) parts.push(formatSpeed(group.speed));
  }
  if (group.seconds !== undefined) parts.push(group.seconds < 1 ? 'under 1 s' : formatSpan(group.seconds));
  if (group.state === 'canceled') parts.push('Canceled');
  return parts.join(' · ');
}
