'use client';
import { classNames } from '@transcode/ui';
import { useMayAct } from '../shell/me-context.tsx';

const KINDS = [
  { kind: 'videos', words: 'Videos', address: '/jobs' },
  { kind: 'maintenance', words: 'Maintenance', address: '/jobs?kind=maintenance' },
] as const;

/** Work on videos, or the work that is no video's; for who may see both. */
export function KindSwitch({ kind }: { kind: (typeof KINDS)[number]['kind'] }) {
  if (!useMayAct('admin')) return null;
  return (
    <fieldset className="mr-2 flex rounded-control border border-line p-px">
      <legend className="sr-only">Work on</legend>
      {KINDS.map((one) => (
        <button
          key={one.kind}
          type="button"
          aria-pressed={one.kind === kind}
          // In this page: what it shows hears of its address.
          onClick={() => history.replaceState(null, '', one.address)}
          className={classNames(
            'h-7 rounded-control px-2.5 text-small',
            one.kind === kind ? 'bg-raised font-medium text-ink' : 'text-ink-2 hover:text-ink',
          )}
        >
          {one.words}
        </button>
      ))}
    </fieldset>
  );
}
