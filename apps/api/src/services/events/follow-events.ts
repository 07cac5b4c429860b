import { TranscodeError } from '@transcode/contracts';
import type { Event } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { BatchInbox } from './batch-inbox.ts';
import type { Batch, Follower } from './event-hub.ts';

interface Following {
  /** Of what one may see; undefined for all of it. */
  readonly wanted?: (event: Event) => boolean;
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
): AsyncGenerator<Batch, void, undefined> {
  const inbox = new BatchInbox();
  const follower: Follower = { principal: identity, wanted, hear: (batch) => inbox.put(batch) };
  const wake = (): void => inbox.wake();
  let refusal: Error | undefined;
  const unfollow = services.hub.follow(follower);
  const unwatch = services.authenticator.watch(identity, request, {
    holds: (principal) => (follower.principal = principal),
    ends: (error) => {
      refusal = error;
      wake();
    },
  });
  signal?.addEventListener('abort', wake);
  services.stopping.addEventListener('abort', wake);
  try {
    yield { events: await snapshot() };
    for (;;) {
      if (signal?.aborted === true) return;
      if (services.stopping.aborted) throw new TranscodeError('not_ready', { reason: 'it is being stopped' });
      if (refusal !== undefined) throw refusal;
      for (const batch of inbox.take()) yield batch;
      await inbox.filled();
    }
  } finally {
    unwatch();
    unfollow();
    signal?.removeEventListener('abort', wake);
    services.stopping.removeEventListener('abort', wake);
  }
}
