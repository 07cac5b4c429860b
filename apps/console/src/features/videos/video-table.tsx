'use client';
import type { VideoSort } from '@transcode/contracts';
import {
  classNames,
  formatBytes,
  formatDuration,
  formatExact,
  formatExactDuration,
  Icon,
  Strip,
  Time,
} from '@transcode/ui';
import Link from 'next/link';
import { SelectBox } from './select-box.tsx';
import { nextSorting, SORTINGS, type SortingName } from './sortings.ts';
import { stateColour, stateWords } from './state-words.ts';
import { stripOf } from './strip-of.ts';
import type { Selection } from './use-selection.ts';
import { VideoMenu } from './video-menu.tsx';
import type { ShownVideo } from './with-uploads.ts';

interface VideoTableProps {
  readonly videos: readonly ShownVideo[];
  readonly selection: Selection;
  readonly sorting: SortingName;
  readonly onSorting: (sorting: SortingName) => void;
}

/** The same facts as the cards, a row each, sorted by what the head of a column says. */
export function VideoTable({ videos, selection, sorting, onSorting }: VideoTableProps) {
  const isAll = selection.videos.length === videos.length;
  const sorted = { sorting, onSorting };
  return (
    <table className="w-full text-left text-small">
      <thead className="text-ink-3">
        <tr className="h-8 border-b border-line *:pr-4 *:font-normal *:whitespace-nowrap">
          <th scope="col" aria-label="Choice" className="w-8 pr-1!">
            <label className="flex size-8 items-center justify-center">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={isAll}
                onChange={isAll ? selection.clear : selection.all}
              />
              <span className="sr-only">Choose all that are shown</span>
            </label>
          </th>
          <SortedHead by="title" {...sorted}>
            Name
          </SortedHead>
          <th scope="col" className="hidden sm:table-cell">
            State
          </th>
          <th scope="col" className="hidden xl:table-cell">
            Preset
          </th>
          <SortedHead by="length" className="hidden text-right md:table-cell" {...sorted}>
            Length
          </SortedHead>
          <th scope="col" className="hidden text-right lg:table-cell">
            Picture
          </th>
          <SortedHead by="size" className="hidden text-right md:table-cell" {...sorted}>
            File
          </SortedHead>
          <SortedHead by="added" className="hidden text-right lg:table-cell" {...sorted}>
            Added
          </SortedHead>
          <th scope="col" className="w-8 pr-0!">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {videos.map((video) => (
          <Row key={video.id} video={video} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

interface SortedHeadProps {
  readonly by: VideoSort;
  readonly className?: string;
  readonly sorting: SortingName;
  readonly onSorting: (sorting: SortingName) => void;
  readonly children: string;
}

/** The head of a column that the list can be sorted by. The arrow's room is kept, so that heads stay where they are. */
function SortedHead({ by, className, sorting, onSorting, children }: SortedHeadProps) {
  const now = SORTINGS[sorting];
  const next = nextSorting(by, sorting);
  return (
    <th scope="col" aria-sort={now.sort === by ? now.order : undefined} className={className}>
      <button
        type="button"
        title={SORTINGS[next].words}
        onClick={() => onSorting(next)}
        className={classNames(
          'inline-flex h-8 items-center gap-1 underline-offset-4 hover:text-ink hover:underline',
          now.sort === by && 'font-medium text-ink',
        )}
      >
        {children}
        <Icon
          name="chevron"
          className={classNames('size-3', now.sort !== by && 'invisible', now.order === 'ascending' && 'rotate-180')}
        />
      </button>
    </th>
  );
}

function Row({ video, selection }: { video: ShownVideo; selection: Selection }) {
  const { id, title, durationSeconds, width, height, bytes, createdAt, state, failure, preset } = video;
  return (
    <tr
      className="h-12 border-b border-line *:pr-4 data-[chosen=true]:bg-surface"
      data-chosen={selection.has(id)}
      data-video-state={state}
    >
      <td className="pr-1!">
        <SelectBox video={video} selection={selection} />
      </td>
      <th scope="row" className="w-full max-w-0 font-normal">
        <Link href={`/videos/${id}`} title={title} className="block truncate hover:underline">
          {title}
        </Link>
        <span className="mt-1 block max-w-80 lg:max-w-none">
          <Strip size="line" cells={stripOf(video)} decorative />
        </span>
        <span className={`block truncate sm:hidden ${stateColour(video) ?? 'text-ink-3'}`}>
          {stateWords(video)}
          {failure && <span className="block truncate text-ink-2">{failure.sentence}</span>}
        </span>
      </th>
      <td className={`hidden sm:table-cell ${stateColour(video) ?? 'text-ink-2'}`}>
        <span className="block whitespace-nowrap">{stateWords(video)}</span>
        {failure && (
          <span className="block w-48 truncate text-ink-2 md:w-64 lg:w-80 xl:w-120" title={failure.sentence}>
            {failure.sentence}
          </span>
        )}
      </td>
      <td className="hidden whitespace-nowrap text-ink-2 xl:table-cell">{preset}</td>
      <td
        className="hidden text-right whitespace-nowrap md:table-cell"
        title={durationSeconds === null ? undefined : formatExactDuration(durationSeconds)}
      >
        {durationSeconds === null ? '–' : formatDuration(durationSeconds)}
      </td>
      <td className="hidden text-right whitespace-nowrap lg:table-cell">
        {width === null || height === null ? '–' : `${width} × ${height}`}
      </td>
      <td className="hidden text-right whitespace-nowrap md:table-cell" title={formatExact(bytes, 'bytes')}>
        {formatBytes(bytes)}
      </td>
      <td className="hidden text-right whitespace-nowrap text-ink-2 lg:table-cell">
        <Time at={createdAt} />
      </td>
      <td className="pr-0!">
        <VideoMenu video={video} />
      </td>
    </tr>
  );
}
