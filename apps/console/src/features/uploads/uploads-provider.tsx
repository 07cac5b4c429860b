'use client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { forgetUpload, rememberedUploads } from './remembered-uploads.ts';
import { useStanding } from '../away/watch-context.ts';
import type { UploadItem } from './upload-item.ts';
import { UploadQueue } from './upload-queue.ts';
import type { UploadTarget } from './upload-target.ts';

const UploadsContext = createContext<UploadQueue | null>(null);
const NONE: readonly UploadItem[] = [];
/** Uploads that would be lost sight of if the page were closed. */
const UNDER_WAY: ReadonlySet<UploadItem['state']> = new Set(['waiting', 'uploading', 'offline'] as const);

export function useUploadQueue(): UploadQueue {
  const queue = use(UploadsContext);
  if (!queue) throw new Error('useUploadQueue needs an UploadsProvider above it');
  return queue;
}

export function useUploads(): readonly UploadItem[] {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.items, () => NONE);
}

/** The preset that uploads are given, where one was chosen. */
export function useUploadTarget(): UploadTarget | undefined {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.target, () => undefined);
}

/** Keeps the uploads across the console's pages, finds those begun before, and warns before they would be left. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(() => new UploadQueue());
  return (
    <UploadsContext value={queue}>
      <Remembered />
      <Guard />
      {children}
    </UploadsContext>
  );
}

function Remembered() {
  const queue = useUploadQueue();
  const api = useTRPCClient();
  useEffect(() => {
    const list = async () => {
      for (const upload of await rememberedUploads()) {
        try {
          const known = await api.uploads.get.query({ id: upload.uploadId });
          if (known.state === 'receiving') queue.addRemembered(upload, known.offset, known.videoId);
          else await forgetUpload(upload.key);
        } catch (error) {
          if (explain(error).status === 404) await forgetUpload(upload.key);
        }
      }
    };
    void list();
  }, [api, queue]);
  return null;
}

function Guard() {
  const queue = useUploadQueue();
  const uploads = useUploads();
  const queries = useQueryClient();
  const trpc = useTRPC();
  const isBusy = uploads.some((upload) => UNDER_WAY.has(upload.state));
  const arrivals = uploads
    .filter((upload) => upload.videoId !== undefined || upload.state === 'done')
    .map((upload) => `${upload.id} ${upload.state === 'done'}`)
    .join();

  useEffect(() => {
    const online = () => queue.online();
    const offline = () => queue.offline();
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    return () => {
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
    };
  }, [queue]);
  const { trouble } = useStanding();
  useEffect(() => {
    if (trouble === undefined) queue.online();
  }, [queue, trouble]);
  useEffect(() => {
    if (!isBusy) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
  // A new upload is a new video, and a finished one begins its journey: the lists show both at once.
  useEffect(() => {
    if (arrivals !== '') void queries.invalidateQueries({ queryKey: trpc.videos.list.pathKey() });
  }, [queries, trpc, arrivals]);
  return null;
}
