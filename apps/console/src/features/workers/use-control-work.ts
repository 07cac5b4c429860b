import { useMutation, useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import type { WorkScope } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';

interface ControlWork {
  readonly pause: (scope: WorkScope) => void;
  readonly drain: (scope: WorkScope) => void;
  readonly resume: (scope: WorkScope) => void;
  readonly isBusy: boolean;
}

/** Stops and starts workers. The page shows what became of it; only a refusal is told apart. */
export function useControlWork(): ControlWork {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const options = {
    onSettled: () => refreshWork(queries, trpc),
    onError: (error: unknown) => toast({ text: `Nothing was changed. ${explain(error).sentence}` }),
  };
  const pause = useMutation(trpc.workers.pause.mutationOptions(options));
  const drain = useMutation(trpc.workers.drain.mutationOptions(options));
  const resume = useMutation(trpc.workers.resume.mutationOptions(options));
  return {
    pause: (scope) => pause.mutate({ scope }),
    drain: (scope) => drain.mutate({ scope }),
    resume: (scope) => resume.mutate({ scope }),
    isBusy: pause.isPending || drain.isPending || resume.isPending,
  };
}

type Keys = Record<'workers' | 'queues' | 'overview' | 'jobs' | 'videos', { pathKey: () => QueryKey }>;

/** Everything that says what is stopped, or why something waits. */
export async function refreshWork(queries: QueryClient, keys: Keys): Promise<void> {
  const all = [keys.workers, keys.queues, keys.overview, keys.jobs, keys.videos];
  await Promise.all(all.map((each) => queries.invalidateQueries({ queryKey: each.pathKey() })));
}
