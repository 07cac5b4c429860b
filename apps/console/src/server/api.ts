import type { AppRouter } from '@transcode/api/router';
import { inSpan } from '@transcode/telemetry/traces';
import { createTRPCClient, httpLink } from '@trpc/client';
import { env, traced } from './main.ts';

/** The API seals in it for whom it passed a request on to the console, and hears it from the console again. */
export const CALLER_HEADER = 'x-transcode-caller';

/** The API as the console's server side calls it, with the headers of whom it calls for. */
export function createApi(headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${env().API_URL}/api/trpc`, headers, fetch: tracedFetch })],
  });
}

/** The API goes on with the trace of what the console asks. */
const tracedFetch: NonNullable<Parameters<typeof httpLink>[0]['fetch']> = async (input, init) => {
  await traced();
  const url = input instanceof Request ? input.url : String(input);
  const [method = ''] = /[\w.,]+(?=\?|$)/.exec(url) ?? [];
  const options = { title: `console ${method}`, kind: 'CLIENT', attributes: { 'rpc.method': method } } as const;
  return inSpan('question', options, ({ traceparent }) => {
    const { headers, signal = null, ...rest } = { ...(init as RequestInit | undefined) };
    const sent = new Headers(headers);
    if (traceparent !== undefined) sent.set('traceparent', traceparent);
    return fetch(input, { ...rest, signal, headers: sent });
  });
};
