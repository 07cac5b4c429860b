'use client';
import { classNames, Icon } from '@transcode/ui';

const VIEWS = { grid: 'As pictures', table: 'As a table' } as const;
export type View = keyof typeof VIEWS;
const VIEW_NAMES = Object.keys(VIEWS) as View[];

/** A view by its name in the address. */
export function viewNamed(name: string | null): View {
  return VIEW_NAMES.find((one) => one === name) ?? 'grid';
}

/** Pictures, for who looks for one; a table, for who works through many. */
export function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <fieldset className="flex gap-1">
      <legend className="sr-only">View</legend>
      {VIEW_NAMES.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === view}
          aria-label={VIEWS[name]}
          title={VIEWS[name]}
          onClick={() => onView(name)}
          className={classNames(
            'inline-flex size-8 items-center justify-center rounded-control',
            name === view ? 'bg-raised text-ink' : 'text-ink-3 hover:text-ink',
          )}
        >
          <Icon name={name === 'grid' ? 'grid' : 'rows'} />
        </button>
      ))}
    </fieldset>
  );
}
