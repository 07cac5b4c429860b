'use client';
import { useQuery } from '@tanstack/react-query';
import type { Probe } from '@transcode/contracts';
import { useTRPC } from '../../lib/trpc.ts';
import { SAMPLE_SOURCES } from './sample-sources.ts';

/** The chosen source: one of the samples, or a video by its id. Undefined while it is being asked for, null where it cannot be had. */
export function useSource(key: string): Probe | null | undefined {
  const trpc = useTRPC();
  const sample = SAMPLE_SOURCES.find((one) => one.key === key);
  const isVideo = sample === undefined && key !== '';
  const video = useQuery(trpc.videos.get.queryOptions({ id: key }, { enabled: isVideo, retry: false }));
  if (!isVideo) return (sample ?? SAMPLE_SOURCES[0]).probe;
  if (video.isPending) return undefined;
  return video.data?.probe ?? null;
}
