'use client';
import { useQuery } from '@tanstack/react-query';
import { EmptyState, Button, Skeleton } from '@transcode/ui';
import Link from 'next/link';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { usePollInterval } from '../live/live-provider.tsx';
import { VideoView } from './video-view.tsx';

export function VideoPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const video = useQuery(trpc.videos.get.queryOptions({ id }, { refetchInterval: usePollInterval() }));
  if (video.data) return <VideoView video={video.data} />;
  if (video.isPending) {
    return (
      <div aria-hidden="true" className="flex flex-col gap-4">
        <Skeleton className="h-7 w-1/3" />
        <Skeleton className="aspect-video max-h-[60dvh] w-full" />
        <Skeleton className="h-16 w-full" />
      </div>
    );
  }
  const { sentence, status } = explain(video.error);
  const isGone = status === 404 || status === 400;
  return (
    <EmptyState
      title={isGone ? 'There is no such video' : 'The video could not be loaded'}
      action={
        isGone ? (
          <Link href="/" className="text-accent underline underline-offset-4">
            Go to the videos
          </Link>
        ) : (
          <Button onClick={() => void video.refetch()}>Try again</Button>
        )
      }
    >
      {isGone ? 'It was deleted, or it belongs to a workspace that is not yours.' : sentence}
    </EmptyState>
  );
}
