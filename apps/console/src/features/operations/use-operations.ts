import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useToast } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import type { OperationQuery } from './operation-query.ts';
import { isOpen } from './operation-words.ts';

const PAGE_SIZE = 50;
/** Nobody tells of them: they are looked at, more often while something runs. */
const LOOK_MS = 10_000;
const WATCH_MS = 1_500;

export function useOperations({ state, work }: OperationQuery) {
  const trpc = useTRPC();
  const narrowed = { ...(state.length > 0 && { state: [...state] }), ...(work !== '' && { kind: [work] }) };
  return useInfiniteQuery({
    ...trpc.operations.list.infiniteQueryOptions(
      { limit: PAGE_SIZE, ...narrowed },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
    refetchInterval: (query) =>
      query.state.data?.pages.some(({ items }) => items.some(isOpen)) === true ? WATCH_MS : LOOK_MS,
  });
}

export function useOperation(id: string) {
  const trpc = useTRPC();
  return useQuery(
    trpc.operations.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data) ? WATCH_MS : LOOK_MS) },
    ),
  );
}

/** What they change is seen on the page; only a refusal is told. */
export function useOperationActions(id: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.operations.pathKey() });
  const onError = (error: unknown) => toast({ text: explain(error).sentence });
  const cancel = useMutation(trpc.operations.cancel.mutationOptions({ onSettled, onError }));
  const retry = useMutation(
    trpc.operations.retry.mutationOptions({
      onSettled,
      onError,
      onSuccess: (begun) => router.push(`/jobs/maintenance/${begun.id}`),
    }),
  );
  return {
    cancel: { run: () => cancel.mutate({ id }), busy: cancel.isPending },
    retry: { run: () => retry.mutate({ id }), busy: retry.isPending },
  };
}
