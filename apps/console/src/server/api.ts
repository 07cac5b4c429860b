import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '@transcode/api/router';
import { env } from './main.ts';

/** The API as the console's server side calls it, with the headers of whom it calls for. */
export function createApi(headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${env().API_URL}/api/trpc`, headers })] });
}
