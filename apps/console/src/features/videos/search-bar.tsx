'use client';
import { classNames, Icon, Menu, MenuItem } from '@transcode/ui';
import { useMemo, useRef } from 'react';
import { useShortcuts } from '../command/shortcuts.tsx';
import { ViewSwitch, type View } from './view-switch.tsx';
import { FILTER_NAMES, FILTERS, type Filter } from './filters.ts';
import { SORTING_NAMES, SORTINGS, type SortingName } from './sortings.ts';

interface SearchBarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly sorting: SortingName;
  readonly onSorting: (sorting: SortingName) => void;
  readonly view: View;
  readonly onView: (view: View) => void;
}

/** Search (/) and the few states worth looking for. */
export function SearchBar(props: SearchBarProps) {
  const { search, onSearch, filter, onFilter, sorting, onSorting, view, onView } = props;
  const input = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo(
    () => [
      {
        keys: '/',
        words: 'Search videos',
        run: () => {
          input.current?.focus();
          input.current?.select();
        },
      },
    ],
    [],
  );
  useShortcuts(shortcuts);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3 pb-6">
      <label className="relative w-full sm:w-72">
        <span className="sr-only">Search videos by name</span>
        <Icon name="search" className="absolute top-3 left-3 size-4 text-ink-3" />
        <input
          ref={input}
          type="search"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          placeholder="Search"
          aria-keyshortcuts="/"
          className="h-10 w-full rounded-control border border-line bg-surface pr-3 pl-9 text-body placeholder:text-ink-3 hover:border-edge"
        />
      </label>
      <fieldset className="flex h-10 overflow-hidden rounded-control border border-edge bg-surface">
        <legend className="sr-only">Show</legend>
        {FILTER_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === filter}
            onClick={() => onFilter(name)}
            className={classNames(
              'border-l border-edge px-3 text-small first:border-l-0 focus-visible:outline-offset-[-2px] sm:px-4',
              name === filter ? 'bg-ink font-medium text-ground' : 'text-ink-2 hover:bg-raised hover:text-ink',
            )}
          >
            {FILTERS[name].words}
          </button>
        ))}
      </fieldset>
      <div className="ml-auto flex items-center gap-2">
        <Menu label={SORTINGS[sorting].words}>
          {SORTING_NAMES.map((name) => (
            <MenuItem key={name} checked={name === sorting} onSelect={() => onSorting(name)}>
              {SORTINGS[name].words}
            </MenuItem>
          ))}
        </Menu>
        <ViewSwitch view={view} onView={onView} />
      </div>
    </div>
  );
}
