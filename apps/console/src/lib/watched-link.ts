import type { TRPCLink } from '@trpc/client';
import { TRPCClientError } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '@transcode/api/router';
import { isSessionEnd, type PageSession } from '../features/auth/session-end.ts';
import type { ServerWatch } from '../features/away/server-watch.ts';
import { explain } from './explain.ts';

interface Watched {
  readonly session: PageSession;
  readonly watch: Pick<ServerWatch, 'heard' | 'doubt'>;
}

/** Everything that is asked of the API comes by here: what its answers say of the session and of the server is noted once. */
export function watchedLink({ session, watch }: Watched): TRPCLink<AppRouter> {
  const note = (error: unknown): void => {
    const { code = '', status } = explain(error);
    if (isSessionEnd(code)) session.end(code);
    else if (status === undefined || status > 500) watch.doubt();
    else watch.heard();
  };
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        if (session.endedBy() !== undefined) {
          observer.error(TRPCClientError.from(new Error('The session has ended.')));
          return undefined;
        }
        return next(op).subscribe({
          next(value) {
            const { result } = value;
            // A line of events that broke, and is begun anew by the browser.
            if (result.type === 'state' && result.state === 'connecting') {
              if (result.error !== null) note(result.error);
            } else watch.heard();
            observer.next(value);
          },
          error(error) {
            note(error);
            observer.error(error);
          },
          complete: () => observer.complete(),
        });
      });
}
