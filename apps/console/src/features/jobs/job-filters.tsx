'use client';
import { useQuery } from '@tanstack/react-query';
import { JOB_STATES, PRIORITIES } from '@transcode/contracts';
import { Button, Icon } from '@transcode/ui';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useShortcuts } from '../command/shortcuts.tsx';
import { Choice, Toggle, toggled } from './filter-controls.tsx';
import { jobQueryText, parseJobQuery, SPANS, type JobQuery, type JobQueryChange, type Span } from './job-query.ts';
import { PRIORITY_WORDS, STATE_WORDS } from './job-words.ts';
import { KindSwitch } from './kind-switch.tsx';

/** Typing is over when no key was pressed for so long. */
const TYPED_MS = 250;
/** Longer than the address takes to follow what is typed. */
const FOLLOWS_MS = 1_000;

export type CauseChoice = readonly [code: string, words: string];

interface JobFiltersProps {
  readonly query: JobQuery;
  readonly causes: readonly CauseChoice[];
  readonly onChange: (change: JobQueryChange) => void;
}

/** What the list can be narrowed to. */
export const JobFilters = memo(function JobFilters({ query, causes, onChange }: JobFiltersProps) {
  const trpc = useTRPC();
  const presets = useQuery(trpc.presets.list.queryOptions(undefined, { staleTime: Infinity }));
  const names = presets.data?.items.map(({ name }) => name) ?? [];
  const isNarrowed = jobQueryText(query) !== '';
  return (
    <search className="flex flex-wrap items-center gap-2 pb-2">
      <KindSwitch kind="videos" />
      <Search search={query.search} onChange={onChange} />
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">State</legend>
        {JOB_STATES.map((state) => (
          <Toggle
            key={state}
            on={query.state.includes(state)}
            onClick={() => onChange((now) => ({ state: toggled(now.state, state) }))}
          >
            {STATE_WORDS[state]}
          </Toggle>
        ))}
      </fieldset>
      <Choice
        label="Priority"
        all="Any priority"
        value={query.priority.length === 1 ? (query.priority[0] ?? '') : ''}
        options={PRIORITIES.map((priority) => [priority, `${PRIORITY_WORDS[priority]} priority`] as const)}
        onChange={(value) => onChange(() => ({ priority: PRIORITIES.filter((one) => one === value) }))}
      />
      <Choice
        label="Preset"
        all="Any preset"
        value={query.preset}
        options={[...new Set([...names, query.preset])].filter(Boolean).map((name) => [name, name] as const)}
        onChange={(preset) => onChange(() => ({ preset }))}
      />
      <Choice
        label="Cause of the failure"
        all="Any cause"
        value={query.cause}
        options={withCause(causes, query.cause)}
        onChange={(cause) => onChange(() => ({ cause }))}
      />
      <Choice
        label="Time"
        all="Any time"
        value={query.span}
        options={(Object.keys(SPANS) as Span[]).map((span) => [span, SPANS[span].words] as const)}
        onChange={(value) => onChange(() => ({ span: parseJobQuery(new URLSearchParams({ span: value })).span }))}
      />
      {isNarrowed && (
        <Button small kind="quiet" icon="close" onClick={() => onChange(() => parseJobQuery(new URLSearchParams()))}>
          Show all
        </Button>
      )}
    </search>
  );
});

/** An address may name a cause that this version does not know. */
function withCause(causes: readonly CauseChoice[], cause: string): readonly CauseChoice[] {
  const isListed = cause === '' || causes.some(([code]) => code === cause);
  return isListed ? causes : [...causes, [cause, cause.replaceAll('_', ' ')]];
}

/** What is typed is shown at once, and stands in the address once typing is over; otherwise the field follows the address. */
function Search({ search, onChange }: { readonly search: string } & Pick<JobFiltersProps, 'onChange'>) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search);
  const typedAt = useRef(-Infinity);
  useEffect(() => {
    if (performance.now() - typedAt.current > FOLLOWS_MS) setTyped(search);
  }, [search]);
  useEffect(() => {
    if (typed === search) return undefined;
    const timer = setTimeout(() => onChange(() => ({ search: typed })), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, search, onChange]);
  const shortcuts = useMemo(() => [{ keys: '/', words: 'Search jobs', run: () => input.current?.select() }], []);
  useShortcuts(shortcuts);
  return (
    <label className="relative w-full sm:w-52">
      <span className="sr-only">Search jobs by the title of their video</span>
      <Icon name="search" className="absolute top-2 left-2.5 size-4 text-ink-3" />
      <input
        ref={input}
        type="search"
        value={typed}
        onChange={(event) => {
          typedAt.current = performance.now();
          setTyped(event.target.value);
        }}
        onBlur={() => {
          typedAt.current = -Infinity;
        }}
        placeholder="Video title"
        aria-keyshortcuts="/"
        className="h-8 w-full rounded-control border border-line bg-surface pr-2 pl-8 text-small placeholder:text-ink-3 hover:border-edge"
      />
    </label>
  );
}
