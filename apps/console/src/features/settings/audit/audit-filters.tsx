'use client';
import { useQuery } from '@tanstack/react-query';
import { AUDIT_ACTIONS, PAGE_MAX } from '@transcode/contracts';
import { Button, SelectField } from '@transcode/ui';
import { useTRPC } from '../../../lib/trpc.ts';
import { NO_FILTER } from './audit-filter.ts';

const TITLES = new Map<string, string>(Object.entries(AUDIT_ACTIONS).map(([action, { title }]) => [action, title]));

interface AuditFiltersProps {
  readonly params: Pick<URLSearchParams, 'get'>;
  readonly onChange: (change: Readonly<Record<string, string>>) => void;
}

/** By person, by what was done, by day. What else the address narrows by is named, too, and can be taken off. */
export function AuditFilters({ params, onChange }: AuditFiltersProps) {
  const trpc = useTRPC();
  const users = useQuery(trpc.users.list.queryOptions({ limit: PAGE_MAX }));
  const { actor, action, target, from, to } = {
    ...NO_FILTER,
    ...Object.fromEntries(Object.keys(NO_FILTER).map((name) => [name, params.get(name) ?? ''])),
  };
  const people = (users.data?.items ?? []).toSorted((a, b) => a.name.localeCompare(b.name));
  const isKnown = actor === '' || people.some(({ id }) => id === actor);
  const isNarrowed = [actor, action, target, from, to].some((value) => value !== '');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SelectField
        bare
        label="Who"
        className="w-full sm:w-48"
        value={actor}
        onChange={(event) => onChange({ actor: event.target.value })}
      >
        <option value="">Everybody</option>
        {!isKnown && <option value={actor}>The one chosen</option>}
        {people.map(({ id, name, email }) => (
          <option key={id} value={id}>
            {name}, {email}
          </option>
        ))}
      </SelectField>
      <SelectField
        bare
        label="What"
        className="w-full sm:w-56"
        value={action}
        onChange={(event) => onChange({ action: event.target.value })}
      >
        <option value="">Everything</option>
        {action !== '' && !TITLES.has(action) && <option value={action}>{action}</option>}
        {[...TITLES].map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </SelectField>
      <Day label="from" value={from} onChange={(value) => onChange({ from: value })} />
      <Day label="to" value={to} onChange={(value) => onChange({ to: value })} />
      {target !== '' && (
        <Button small icon="close" aria-label="Show every target" onClick={() => onChange({ target: '' })}>
          One target
        </Button>
      )}
      {isNarrowed && (
        <Button small kind="quiet" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
    </div>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="flex items-center gap-2 text-small text-ink-3">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 rounded-control border border-edge bg-raised px-2 text-small text-ink"
      />
    </label>
  );
}
