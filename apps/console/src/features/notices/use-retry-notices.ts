'use client';
import { useQueryClient } from '@tanstack/react-query';
import type { VideoState } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { useEffect, useState } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { useHint } from '../live/hints.tsx';
import { Retried } from './retried.ts';
import type { Notice } from './upload-notices.ts';

const THROUGH: ReadonlySet<VideoState> = new Set(['ready', 'canceled', 'deleted'] as const);

interface RetryNotices {
  readonly notices: readonly Notice[];
  readonly dismiss: (key: string) => void;
}

/** What was tried again by this person and failed again, wherever they are by then. */
export function useRetryNotices(): RetryNotices {
  const trpc = useTRPC();
  const api = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [retried] = useState(() => new Retried());
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const dismiss = (key: string) => setNotices((all) => all.filter((notice) => notice.key !== key));
  useEffect(() => {
    const [path] = trpc.videos.retry.mutationKey();
    return queries.getMutationCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success') return;
      const { options, state } = event.mutation;
      const id = String(options.mutationKey?.[0]) === String(path) ? idOf(state.variables) : undefined;
      if (id === undefined) return;
      retried.add(id);
      setNotices((all) => all.filter(({ key }) => key !== keyOf(id)));
    });
  }, [queries, trpc, retried]);

  const settle = (id: string, state: VideoState) => {
    if (THROUGH.has(state)) retried.remove(id);
    if (state === 'failed' && retried.has(id)) void tell(id);
  };
  const tell = async (id: string) => {
    retried.remove(id);
    try {
      const { title, state, failure } = await api.videos.get.query({ id });
      if (state !== 'failed') return;
      const words = `${title} failed again. ${failure?.sentence ?? ''}`.trimEnd();
      const notice = { key: keyOf(id), words, href: `/videos/${id}` };
      setNotices((all) => [...all.filter(({ key }) => key !== notice.key), notice]);
      if (window.location.pathname !== notice.href) toast({ text: words });
    } catch {
      // It was not told: the next start of the line asks again.
      retried.add(id);
    }
  };
  const look = async (id: string) => {
    try {
      settle(id, (await api.videos.get.query({ id })).state);
    } catch {
      // Gone, or not to be had just now: the next start of the line asks again.
    }
  };
  useHint((hint) => {
    if (hint.type === 'video') settle(hint.videoId, hint.state);
    // What was told meanwhile was missed.
    if (hint.type === 'started') for (const id of retried.all()) void look(id);
  });
  return { notices, dismiss };
}

function keyOf(videoId: string): string {
  return `retry ${videoId}`;
}

function idOf(variables: unknown): string | undefined {
  if (typeof variables !== 'object' || variables === null || !('id' in variables)) return undefined;
  return typeof variables.id === 'string' ? variables.id : undefined;
}
