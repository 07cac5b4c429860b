'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import type { UploadItem } from './upload-item.ts';
import { useUploadQueue } from './uploads-provider.tsx';

/** Ends a canceled upload for good. The video that it would have been goes with it: nobody wants to see what never came. */
export function useSettleCancel(): (item: UploadItem) => Promise<void> {
  const queue = useUploadQueue();
  const queries = useQueryClient();
  const trpc = useTRPC();
  const api = useTRPCClient();
  return async ({ id, videoId }) => {
    await queue.settleCancel(id);
    try {
      if (videoId !== undefined) await api.videos.delete.mutate({ id: videoId });
    } catch {
      // It stays in the list as canceled, where it can be deleted by hand.
    }
    await queries.invalidateQueries({ queryKey: trpc.videos.pathKey() });
  };
}
