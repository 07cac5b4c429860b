'use client';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { useState, type ReactNode } from 'react';
import type { AppRouter } from '@transcode/api/router';
import { explain } from './explain.ts';
import { TRPCProvider } from './trpc.ts';

/** The API for everything below it: queries in batches, subscriptions by server-sent events. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueries);
  const [api] = useState(createApi);
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={api} queryClient={queries}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function createApi() {
  const url = '/api/trpc';
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ url, maxURLLength: 2000 }),
      }),
    ],
  });
}

function createQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // What the API refused it refuses again; what it did not answer may come back.
        retry: (failures, error) => failures < 2 && (explain(error).status ?? 500) >= 500,
      },
    },
  });
}

let isLeaving = false;

/**
 * The session ended elsewhere: the page is loaded anew, and the server shows the way to sign in. Once: who stays, warned of
 * uploads under way, is not asked again.
 */
function leaveIfSignedOut(error: unknown): void {
  if (isLeaving || explain(error).code !== 'unauthenticated') return;
  isLeaving = true;
  window.location.reload();
}
