import { measure } from '@transcode/telemetry';

/** Bytes of one source in blocks, the least recently used of which is forgotten. */
export interface BlockCache {
  /** The bytes of a block; several readers share one fetch, which ends early when all of them have left. */
  block(index: number, signal: AbortSignal): Promise<Buffer>;
  clear(): void;
}

interface Entry {
  bytes: Promise<Buffer>;
  stop: AbortController;
  readers: number;
  done: boolean;
}

export function createBlockCache(options: {
  blocks: number;
  fetch: (index: number, signal: AbortSignal) => Promise<Buffer>;
}): BlockCache {
  const entries = new Map<number, Entry>();

  /** Who waits for a block that fails is told; here it only makes place for another try. */
  const settle = async (index: number, entry: Entry): Promise<void> => {
    const [{ status }] = await Promise.allSettled([entry.bytes]);
    if (status === 'fulfilled') entry.done = true;
    else if (entries.get(index) === entry) entries.delete(index);
  };
  const begin = (index: number): Entry => {
    const stop = new AbortController();
    const bytes = options.fetch(index, stop.signal);
    const entry: Entry = { bytes, stop, readers: 0, done: false };
    entries.set(index, entry);
    void settle(index, entry);
    return entry;
  };
  const evict = (): void => {
    for (const [index, entry] of entries) {
      if (entries.size <= options.blocks) return;
      if (entry.done) entries.delete(index);
    }
  };

  return {
    async block(index, signal) {
      signal.throwIfAborted();
      measure.count('cacheRequestsTotal', { cache: 'sources', result: entries.has(index) ? 'hit' : 'miss' });
      const entry = entries.get(index) ?? begin(index);
      // Last in the order of the map is what was used last.
      entries.delete(index);
      entries.set(index, entry);
      entry.readers += 1;
      const leave = (): void => {
        entry.readers -= 1;
        if (entry.readers > 0 || entry.done) return;
        if (entries.get(index) === entry) entries.delete(index);
        entry.stop.abort();
      };
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await entry.bytes;
      } finally {
        signal.removeEventListener('abort', leave);
        if (!signal.aborted) entry.readers -= 1;
        evict();
      }
    },
    clear() {
      for (const entry of entries.values()) entry.stop.abort();
      entries.clear();
    },
  };
}
