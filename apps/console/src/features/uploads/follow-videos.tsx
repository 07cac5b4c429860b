'use client';
import type { VideoState } from '@transcode/contracts';
import { useEffect, useEffectEvent } from 'react';
import { useTRPCClient } from '../../lib/trpc.ts';
import { useHint } from '../live/hints.tsx';
import type { UploadItem } from './upload-item.ts';
import { useUploadQueue, useUploads } from './uploads-provider.tsx';

const SETTLED: ReadonlySet<VideoState> = new Set(['ready', 'failed', 'canceled', 'deleted'] as const);

/** Follows what was uploaded on its way: an upload that no video came of is not through. */
export function FollowVideos() {
  const queue = useUploadQueue();
  const uploads = useUploads();
  const api = useTRPCClient();
  const look = useEffectEvent(async (videoId: string) => {
    try {
      const { state, failure } = await api.videos.get.query({ id: videoId });
      queue.became(videoId, state, failure?.sentence);
    } catch {
      // Deleted, or not to be had just now: the next hint asks again.
    }
  });
  useHint((hint) => {
    if (hint.type === 'started') for (const { videoId } of queue.items().filter(isOpen)) void look(videoId);
    if (hint.type !== 'video') return;
    if (hint.state !== 'failed') queue.became(hint.videoId, hint.state);
    else if (queue.items().some(({ videoId }) => videoId === hint.videoId)) void look(hint.videoId);
  });
  // It may have failed before its last byte was answered, when nobody waited for it yet.
  const arrived = uploads
    .filter(isOpen)
    .filter(({ became }) => became === undefined)
    .map(({ videoId }) => videoId)
    .join(' ');
  useEffect(() => {
    if (arrived !== '') for (const videoId of arrived.split(' ')) void look(videoId);
  }, [arrived]);
  return null;
}

function isOpen(item: UploadItem): item is UploadItem & { videoId: string } {
  return (
    item.state === 'done' && item.videoId !== undefined && (item.became === undefined || !SETTLED.has(item.became))
  );
}
