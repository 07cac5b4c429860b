import { SESSION_RECHECK_MS, TranscodeError } from '@transcode/contracts';
import type { Event } from '@transcode/contracts';
import type { SignedInContext } from '../context.ts';
import { EventInbox } from './event-inbox.ts';
import { maySee } from './visible.ts';

interface Following {
  readonly wanted: (event: Event) => boolean;
  /** Read after listening began, so that nothing falls between. */
  readonly snapshot: () => Promise<Event[]>;
}

/**
 * Events as they come, until the client goes. It ends with an error when the session is revoked, and with one that makes the client
 * connect again, to another replica, when this process stops.
 */
export async function* followEvents(
  { services, request, identity }: SignedInContext,
  signal: AbortSignal | undefined,
  { wanted, snapshot }: Following,
): AsyncGenerator<{ event: Event }, void, undefined> {
  const inbox = new EventInbox();
  const unsubscribe = services.events.subscribe((event) => {
    if (maySee(identity, event.workspaceId) && wanted(event)) inbox.put(event);
  });
  const wake = (): void => inbox.wake();
  const recheck = setInterval(wake, SESSION_RECHECK_MS);
  signal?.addEventListener('abort', wake);
  services.stopping.addEventListener('abort', wake);
  try {
    for (const event of await snapshot()) yield { event };
    for (;;) {
      if (signal?.aborted === true) return;
      if (services.stopping.aborted) throw new TranscodeError('not_ready', { reason: 'it is being stopped' });
      if (!(await services.authenticator.stillHolds(identity, request))) throw new TranscodeError('unauthenticated');
      for (const event of inbox.take()) yield { event };
      await inbox.filled();
    }
  } finally {
    clearInterval(recheck);
    unsubscribe();
    signal?.removeEventListener('abort', wake);
    services.stopping.removeEventListener('abort', wake);
  }
}
