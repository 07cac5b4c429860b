import { Redis } from 'ioredis';
import { Event, EVENTS_CHANNEL } from '@transcode/contracts';
import { RECONNECTING } from './connection.ts';
import { toldOnce } from './told-once.ts';

export interface EventStream {
  /** Tells everyone who listens right now. Fire and forget: a hint that gets lost is made up for by the next snapshot. */
  publish(event: Event): void;
  /** The same, for who has to know that it was told: rejects where Redis is away. */
  send(event: Event): Promise<void>;
  /** Hears all events from now on. Returns how to stop. */
  subscribe(listener: (event: Event) => void): () => void;
  close(): Promise<void>;
}

export interface EventsOptions {
  redisUrl: string;
  /** Is told of hints that could not be sent or were not valid, and of listeners that throw. */
  onError?: (error: Error) => void;
}

/** Hints by Redis' pub/sub. The subscribing connection is opened with the first listener. */
export function createEvents({ redisUrl, onError = ignoreLostHints }: EventsOptions): EventStream {
  const tell = toldOnce(onError);
  // One attempt to reconnect and no more: hints are worth nothing when Redis is back after a while.
  const publisher = new Redis(redisUrl, { ...RECONNECTING, maxRetriesPerRequest: 1 });
  publisher.on('error', tell);
  const listeners = new Set<(event: Event) => void>();
  let subscriber: Redis | undefined;

  // One listener that throws keeps nothing from the others.
  const hear = (listener: (event: Event) => void, event: Event): void => {
    try {
      listener(event);
    } catch (error) {
      tell(asError(error));
    }
  };
  const receive = (message: string): void => {
    try {
      const event = Event.parse(JSON.parse(message));
      for (const listener of [...listeners]) hear(listener, event);
    } catch (error) {
      tell(asError(error));
    }
  };
  const listen = (): Redis => {
    const connection = new Redis(redisUrl, { ...RECONNECTING, maxRetriesPerRequest: null });
    connection.on('error', tell);
    connection.on('message', (_channel, message) => receive(message));
    // It subscribes again by itself after each reconnect.
    connection.subscribe(EVENTS_CHANNEL).catch((error: unknown) => tell(asError(error)));
    return connection;
  };

  const send = async (event: Event): Promise<void> => {
    await publisher.publish(EVENTS_CHANNEL, JSON.stringify(event));
  };
  return {
    publish: (event) => {
      send(event).catch((error: unknown) => tell(asError(error)));
    },
    send,
    subscribe: (listener) => {
      // Each subscription counts for itself, even of the same function.
      const own = (event: Event): void => listener(event);
      listeners.add(own);
      subscriber ??= listen();
      return () => listeners.delete(own);
    },
    close: () => {
      listeners.clear();
      publisher.disconnect();
      subscriber?.disconnect();
      return Promise.resolve();
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Hints may get lost; that is what snapshots are for. */
function ignoreLostHints(): void {}
