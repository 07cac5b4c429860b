import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { BackupsView, ScheduledOperationKind } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { isOpen } from '../operations/operation-words.ts';

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
  readonly run: (kind: ScheduledOperationKind) => void;
  readonly cancel: (id: string) => void;
  readonly isBusy: boolean;
}

/** The page shows what became of it; only a refusal is told apart. */
export function useRunBackups(): RunBackups {
  const trpc = useTRPC();
  const options = { ...useLookedAgain(), ...useToldRefusal() };
  const run = useMutation(trpc.backups.run.mutationOptions(options));
  const cancel = useMutation(trpc.operations.cancel.mutationOptions(options));
  return {
    run: (kind) => run.mutate({ kind }),
    cancel: (id) => cancel.mutate({ id }),
    isBusy: run.isPending || cancel.isPending,
  };
}

/** A dry run, and what comes after it; a restore that is refused is told where it is asked for. */
export function useRestores() {
  const trpc = useTRPC();
  const looked = useLookedAgain();
  const look = useMutation(trpc.backups.planRestore.mutationOptions({ ...looked, ...useToldRefusal() }));
  const restore = useMutation(trpc.backups.restore.mutationOptions(looked));
  return { look, restore };
}

function useToldRefusal() {
  const toast = useToast();
  return { onError: (error: unknown) => toast({ text: explain(error).sentence }) };
}

function useLookedAgain() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries({ queryKey: trpc.backups.pathKey() }) };
}
