'use client';
import { classNames } from '@transcode/ui';
import type { ReactNode } from 'react';

/** One of several that a list is narrowed to, on or off. */
export function Toggle({ on, onClick, children }: { on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={classNames(
        'h-8 rounded-control border px-2.5 text-small',
        on ? 'border-edge bg-raised font-medium text-ink' : 'border-transparent text-ink-2 hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** What it says while it narrows nothing. */
  readonly all: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: (value: string) => void;
}

/** One of several, or all of them. */
export function Choice({ label, all, value, options, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={classNames(
        'h-8 max-w-40 rounded-control border bg-surface px-2 text-small hover:border-edge',
        value === '' ? 'border-line text-ink-2' : 'border-edge font-medium text-ink',
      )}
    >
      <option value="">{all}</option>
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  );
}

export function toggled<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
}
