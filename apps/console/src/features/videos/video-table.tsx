'use client';
import { formatBytes, formatDuration, formatExact, formatExactDuration, Strip, Time } from '@transcode/ui';
import Link from 'next/link';
import { SelectBox } from './select-box.tsx';
import { stateWords } from './state-words.ts';
import { stripOf } from './strip-of.ts';
import type { Selection } from './use-selection.ts';
import { VideoMenu } from './video-menu.tsx';
import type { ShownVideo } from './with-uploads.ts';

/** The same facts as the cards, a row each. */
export function VideoTable({ videos, selection }: { videos: readonly ShownVideo[]; selection: Selection }) {
  const isAll = selection.videos.length === videos.length;
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
          <th scope="col">Name</th>
          <th scope="col" className="hidden sm:table-cell">
            State
          </th>
          <th scope="col" className="hidden text-right md:table-cell">
            Length
          </th>
          <th scope="col" className="hidden text-right lg:table-cell">
            Picture
          </th>
          <th scope="col" className="hidden text-right md:table-cell">
            File
          </th>
          <th scope="col" className="hidden text-right lg:table-cell">
            Added
          </th>
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

function Row({ video, selection }: { video: ShownVideo; selection: Selection }) {
  const { id, title, durationSeconds, width, height, bytes, createdAt, state, failure } = video;
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
        <span className="mt-1 block max-w-80">
          <Strip size="line" cells={stripOf(video)} decorative />
        </span>
        <span className={`block truncate sm:hidden ${state === 'failed' ? 'text-red' : 'text-ink-3'}`}>
          {stateWords(video)}
        </span>
      </th>
      <td
        className={`hidden whitespace-nowrap sm:table-cell ${state === 'failed' ? 'text-red' : 'text-ink-2'}`}
        title={failure?.sentence}
      >
        {stateWords(video)}
      </td>
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
