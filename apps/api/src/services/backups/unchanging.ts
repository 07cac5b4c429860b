import type { Storage } from '@transcode/storage';

type Readable = Pick<Storage, 'list' | 'read'>;

/** Looks into a store of which no file ever changes: lists are asked for, and what was read once is remembered for as long as it is listed. */
export function unchanging(): <T>(store: Readable, look: (store: Readable) => Promise<T>) => Promise<T> {
  let known = new Map<string, Buffer>();
  return async (store, look) => {
    const seen = new Map<string, Buffer>();
    const result = await look({
      list: (prefix) => store.list(prefix),
      read: async (key) => {
        const body = known.get(key) ?? (await store.read(key));
        seen.set(key, body);
        // Also where the look breaks off: what took long the first time is not all to be read again.
        known.set(key, body);
        return body;
      },
    });
    known = seen;
    return result;
  };
}
