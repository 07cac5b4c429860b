'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WorkScope } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';

interface Control {
  readonly busy: boolean;
  readonly pause: () => void;
  readonly drain: () => void;
  readonly resume: () => void;
}

/** Stops and resumes the work of a scope. What changed is seen on the page; only a refusal is told. */
export function useControl(scope: WorkScope): Control {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const options = {
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: trpc.queues.pathKey() }),
        queries.invalidateQueries({ queryKey: trpc.workers.pathKey() }),
      ]),
    onError: (error: unknown) => toast({ text: explain(error).sentence }),
  };
  const pause = useMutation(trpc.workers.pause.mutationOptions(options));
  const drain = useMutation(trpc.workers.drain.mutationOptions(options));
  const resume = useMutation(trpc.workers.resume.mutationOptions(options));
  return {
    busy: pause.isPending || drain.isPending || resume.isPending,
    pause: () => pause.mutate({ scope }),
    drain: () => drain.mutate({ scope }),
    resume: () => resume.mutate({ scope }),
  };
}
