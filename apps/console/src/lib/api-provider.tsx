'use client';
import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCLink } from '@trpc/client';
import { useEffect, useState, type ReactNode } from 'react';
import type { AppRouter } from '@transcode/api/router';
import { PageSession, signInPath } from '../features/auth/session-end.ts';
import { SignedOutNotice } from '../features/auth/signed-out-notice.tsx';
import { useServerWatch } from '../features/away/watch-context.ts';
import { explain } from './explain.ts';
import { TRPCProvider } from './trpc.ts';
import { watchedLink } from './watched-link.ts';

/** The API for everything below it: queries in batches, subscriptions by server-sent events. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueries);
  const watch = useServerWatch();
  const [session] = useState(() => new PageSession(leave));
  const [api] = useState(() => createApi(watchedLink({ session, watch })));
  // While the server is away nothing is asked; once it is back everything that is shown is asked anew.
  useEffect(() => {
    onlineManager.setEventListener((setOnline) => {
      const tell = () => {
        const { trouble } = watch.standing();
        setOnline(trouble === undefined || trouble === 'pages');
      };
      tell();
      return watch.subscribe(tell);
    });
  }, [watch]);
  return (
    <QueryClientProvider client={queries}>
      <TRPCProvider trpcClient={api} queryClient={queries}>
        <SignedOutNotice session={session} />
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** To the door, which says why, and back to here after it. */
function leave(why: string): void {
  window.location.replace(signInPath(window.location.pathname + window.location.search, why));
}

function createApi(watched: TRPCLink<AppRouter>) {
  const url = '/api/trpc';
  return createTRPCClient<AppRouter>({
    links: [
      watched,
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
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // What the API refused it refuses again; what it did not answer may come back.
        retry: (failures, error) => failures < 2 && (explain(error).status ?? 500) >= 500,
      },
      // What somebody wants done is done now or refused in words, and not at some later moment.
      mutations: { networkMode: 'always' },
    },
  });
}
