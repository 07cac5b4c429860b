'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { isTheFilesFault, type VideoView } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';

interface Action {
  /** Whether it means anything in the video's state. */
  readonly offered: boolean;
  readonly busy: boolean;
  readonly run: () => void;
}

/** Retry and cancel. What they change is seen on the page; only a refusal is told. */
export function useVideoActions(video: Pick<VideoView, 'id' | 'state' | 'jobId' | 'failure'>): {
  retry: Action;
  cancel: Action;
} {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.videos.pathKey() });
  const onError = (error: unknown) => toast({ text: explain(error).sentence });
  const retry = useMutation(trpc.videos.retry.mutationOptions({ onSettled, onError }));
  const cancel = useMutation(trpc.jobs.cancel.mutationOptions({ onSettled, onError }));
  const { id, state, jobId } = video;
  return {
    retry: {
      offered: canRetry(video),
      busy: retry.isPending,
      run: () => retry.mutate({ id }),
    },
    cancel: {
      offered: state === 'processing' && jobId !== null,
      busy: cancel.isPending,
      run: () => jobId !== null && cancel.mutate({ id: jobId }),
    },
  };
}

/** Whether trying again could end otherwise. */
export function canRetry({ state, jobId, failure }: Pick<VideoView, 'state' | 'jobId' | 'failure'>): boolean {
  return (state === 'canceled' || (state === 'failed' && !isTheFilesFault(failure?.code ?? ''))) && jobId !== null;
}
