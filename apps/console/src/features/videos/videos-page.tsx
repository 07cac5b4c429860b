'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import dynamic from 'next/dynamic';
import { useDeferredValue, useEffect } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useUrlParams } from '../../lib/use-url-params.ts';
import { useUrlText } from '../../lib/use-url-text.ts';
import { usePollInterval } from '../live/live-provider.tsx';
import { patiently } from '../shell/patiently.ts';
import { useUploads } from '../uploads/uploads-provider.tsx';
import { filterNamed, FILTERS, type Filter } from './filters.ts';
import { FirstVideo } from './first-video.tsx';
import { SearchBar } from './search-bar.tsx';
import { sortingNamed, SORTINGS, type SortingName } from './sortings.ts';
import { useSelection } from './use-selection.ts';
import { VideoCard } from './video-card.tsx';
import { viewNamed } from './view-switch.tsx';
import { withUploads } from './with-uploads.ts';

/** With the first video that is chosen, and with the first look at the table. Without something in its place the page would wait for it. */
const BulkBar = dynamic(() => patiently(() => import('./bulk-bar.tsx')).then((module) => module.BulkBar), {
  loading: () => null,
});
const VideoTable = dynamic(() => patiently(() => import('./video-table.tsx')).then((module) => module.VideoTable), {
  loading: () => <Skeleton className="h-96" />,
});

const PAGE_SIZE = 24;

export function VideosPage() {
  const [params, change] = useUrlParams();
  const [typed, setSearch] = useUrlText('search');
  const filter = filterNamed(params.get('show'));
  const view = viewNamed(params.get('view'));
  const search = useDeferredValue(typed.trim());
  const sorting = sortingNamed(params.get('sort'));
  const list = useVideos({ search, filter, sorting });
  const uploads = useUploads();
  const videos = withUploads(list.data?.pages.flatMap((page) => page.items) ?? [], uploads);
  const selection = useSelection(videos);
  const onSorting = (name: SortingName) => change({ sort: name === 'newest' ? '' : name });
  // A look at many in which nothing fitted: it goes on with the next ones.
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const goesOn = list.isSuccess && videos.length === 0 && hasNextPage;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  const isNarrowed = search !== '' || filter !== 'all';

  if (list.isSuccess && videos.length === 0 && !isNarrowed && !goesOn) return <FirstVideo />;
  return (
    <>
      <h1 className="sr-only">Videos</h1>
      <SearchBar
        search={typed}
        onSearch={setSearch}
        filter={filter}
        onFilter={(name) => change({ show: name === 'all' ? '' : name })}
        sorting={sorting}
        onSorting={onSorting}
        view={view}
        onView={(name) => change({ view: name === 'grid' ? '' : name })}
      />
      {(list.isPending || goesOn) && <LoadingGrid />}
      {list.isError && videos.length === 0 && (
        <EmptyState
          title="The videos could not be loaded"
          action={<Button onClick={() => void list.refetch()}>Try again</Button>}
        >
          {explain(list.error).sentence}
        </EmptyState>
      )}
      {list.isSuccess && videos.length === 0 && !goesOn && (
        <EmptyState
          title="Nothing found"
          action={
            <Button
              onClick={() => {
                setSearch('');
                change({ show: '' });
              }}
            >
              Show all videos
            </Button>
          }
        >
          {search === '' ? 'No video is in this state.' : `No video here has “${search}” in its name.`}
        </EmptyState>
      )}
      {videos.length > 0 && view === 'table' && (
        <VideoTable videos={videos} selection={selection} sorting={sorting} onSorting={onSorting} />
      )}
      {view === 'grid' && (
        <div className="video-grid">
          {videos.map((video) => (
            <VideoCard key={video.id} video={video} selection={selection} />
          ))}
        </div>
      )}
      {hasNextPage && !goesOn && (
        <div className="flex justify-center pt-10">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {selection.videos.length > 0 && <BulkBar selection={selection} />}
    </>
  );
}

interface Wanted {
  readonly search: string;
  readonly filter: Filter;
  readonly sorting: SortingName;
}

function useVideos({ search, filter, sorting }: Wanted) {
  const trpc = useTRPC();
  const { states } = FILTERS[filter];
  const { sort, order } = SORTINGS[sorting];
  const input = {
    limit: PAGE_SIZE,
    sort,
    order,
    ...(search !== '' && { search }),
    ...(states && { state: [...states] }),
  };
  return useInfiniteQuery({
    ...trpc.videos.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor ?? undefined }),
    placeholderData: keepPreviousData,
    refetchInterval: usePollInterval(),
  });
}

function LoadingGrid() {
  return (
    <div className="video-grid" aria-hidden="true">
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className="flex flex-col gap-0.5">
          <Skeleton className="aspect-video" />
          <Skeleton className="h-14" />
          <Skeleton className="mt-3 h-4 w-2/3" />
          <Skeleton className="mt-2 h-3 w-1/3" />
        </div>
      ))}
    </div>
  );
}
