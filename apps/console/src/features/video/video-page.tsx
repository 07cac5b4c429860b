'use client';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '@transcode/ui';
import { useDeferredValue } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { usePollInterval } from '../live/live-provider.tsx';
import { useMayAct } from '../shell/me-context.tsx';
import { VideoView } from './video-view.tsx';
import { NotLoaded } from '../shell/not-loaded.tsx';

/** Nobody tells of the time that passes. */
const OUTLOOK_MS = 5_000;

export function VideoPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const poll = usePollInterval();
  const mayRestore = useMayAct('admin');
  const { queryKey, ...options } = trpc.videos.get.queryOptions({ id });
  const video = useQuery({
    ...options,
    queryKey,
    refetchInterval: (query) => poll || (query.state.data?.outlook ? OUTLOOK_MS : false),
  });
  // Drawn in slices, so that the page answers meanwhile.
  const shown = useDeferredValue(video.data);
  if (shown) return <VideoView video={shown} />;
  if (video.isPending || video.data) {
    return (
      <div aria-hidden="true" className="flex flex-col gap-4">
        <Skeleton className="h-7 w-1/3" />
        <Skeleton className="aspect-video max-h-[60dvh] w-full" />
        <Skeleton className="h-16 w-full" />
      </div>
    );
  }
  return (
    <NotLoaded
      what="video"
      error={video.error}
      onRetry={() => void video.refetch()}
      gone="It was deleted, or it belongs to a workspace that is not yours."
      all={{ href: '/', words: 'Go to the videos' }}
      elsewhere={
        mayRestore ? { href: `/backups?video=${encodeURIComponent(id)}`, words: 'Look for it in backups' } : undefined
      }
    />
  );
}
