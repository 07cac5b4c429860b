import type { Event } from '@transcode/contracts';
import type { EventStream } from '@transcode/queue';
import type { Principal } from '../../identity/principal.ts';
import { mergeEvents } from './merge-events.ts';
import { maySee } from '../workspaces/visible.ts';

/** What is told together. The same object for all who may see the same, so that it becomes bytes once. */
export interface Batch {
  readonly events: readonly Event[];
}

export interface Follower {
  /** Who it is; may become another's, or somebody who sees less, while it follows. */
  principal: Principal;
  /** Of what it may see; undefined for all of it. */
  readonly wanted: ((event: Event) => boolean) | undefined;
  readonly hear: (batch: Batch) => void;
}

/** The first event after a silence goes at once; those that follow wait for each other this long at most, in milliseconds. */
const TOGETHER_MS = 100;

/**
 * All who follow events in this process. There may be a thousand of them, and as many events a second as there are tasks in work: each
 * event is looked at once for each kind of viewer, not once for each viewer.
 */
export class EventHub {
  readonly #events: Pick<EventStream, 'subscribe'>;
  readonly #followers = new Set<Follower>();
  #unsubscribe: (() => void) | undefined;
  #waiting: Event[] = [];
  #timer: NodeJS.Timeout | undefined;
  #toldAt = -Infinity;

  constructor(events: Pick<EventStream, 'subscribe'>) {
    this.#events = events;
  }

  /** From now on the follower hears. Returns how to stop. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    this.#unsubscribe ??= this.#events.subscribe((event) => this.#take(event));
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#rest();
    };
  }

  #take(event: Event): void {
    this.#waiting.push(event);
    const due = Math.max(0, this.#toldAt + TOGETHER_MS - performance.now());
    this.#timer ??= setTimeout(() => this.#tell(), due);
  }

  #tell(): void {
    this.#timer = undefined;
    this.#toldAt = performance.now();
    const events = mergeEvents(this.#waiting);
    this.#waiting = [];
    const shared = new Map<string, Batch>();
    for (const { principal, wanted, hear } of this.#followers) {
      const batch = wanted === undefined ? sharedBatch(shared, principal, events) : seen(principal, events, wanted);
      if (batch.events.length > 0) hear(batch);
    }
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}

function sharedBatch(shared: Map<string, Batch>, principal: Principal, events: readonly Event[]): Batch {
  const { workspaceIds } = principal;
  const key = workspaceIds === 'all' ? 'all' : workspaceIds.join();
  const known = shared.get(key);
  if (known !== undefined) return known;
  const batch = seen(principal, events, () => true);
  shared.set(key, batch);
  return batch;
}

function seen(principal: Principal, events: readonly Event[], wanted: (event: Event) => boolean): Batch {
  return { events: events.filter((event) => isFor(principal, event) && wanted(event)) };
}

/** What operators stop concerns everybody. */
function isFor(principal: Principal, event: Event): boolean {
  return event.type === 'controls' || maySee(principal, event.workspaceId);
}
