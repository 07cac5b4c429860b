import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { BackupsView, OperationKind } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { isOpen } from './backup-words.ts';

/** Nobody tells of backups: they are looked at, more often while something runs. */
const LOOK_MS = 10_000;
const WATCH_MS = 1_500;

export function useBackups(): UseQueryResult<BackupsView, unknown> {
  const trpc = useTRPC();
  return useQuery(
    trpc.backups.get.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.operations.some(isOpen) === true ? WATCH_MS : LOOK_MS),
    }),
  );
}

interface RunBackups {
  readonly run: (kind: OperationKind) => void;
  readonly cancel: (id: string) => void;
  readonly isBusy: boolean;
}

/** The page shows what became of it; only a refusal is told apart. */
export function useRunBackups(): RunBackups {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const options = {
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.backups.pathKey() }),
    onError: (error: unknown) => toast({ text: explain(error).sentence }),
  };
  const run = useMutation(trpc.backups.run.mutationOptions(options));
  const cancel = useMutation(trpc.backups.cancel.mutationOptions(options));
  return {
    run: (kind) => run.mutate({ kind }),
    cancel: (id) => cancel.mutate({ id }),
    isBusy: run.isPending || cancel.isPending,
  };
}
