import { setTimeout as pause } from 'node:timers/promises';
import { STORAGE_PATIENCE_MS, TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';

const AGAIN_MS = 500;

interface Patience {
  /** Nobody waits for it any more. */
  readonly until: AbortSignal;
  readonly log: Logger;
  readonly patienceMs?: number | undefined;
}

/**
 * The storage, for the length of a task: while it does not answer, what is asked of it waits, and so does the ffmpeg behind it. A short
 * outage then costs nothing that has been encoded.
 */
export function patientStorage(storage: Storage, patience: Patience): Storage {
  const patiently = <T>(ask: (again: boolean) => Promise<T>): Promise<T> => askPatiently(ask, patience);
  return {
    kind: storage.kind,
    put: (key, body, options) =>
      body instanceof Uint8Array
        ? patiently(async (again) => {
            try {
              return await storage.put(key, body, options);
            } catch (error) {
              // The one before may have arrived, though its answer did not. Nobody else writes to keys of this claim.
              const isThere = again && isError(error, 'conflict') && (await storage.head(key))?.bytes === body.length;
              if (!isThere) throw error;
              return { bytes: body.length };
            }
          })
        : storage.put(key, body, options),
    get: (key, range) => patiently(() => storage.get(key, range)),
    read: (key) => patiently(() => storage.read(key)),
    head: (key) => patiently(() => storage.head(key)),
    list: (prefix) => storage.list(prefix),
    delete: (keys) => patiently(() => storage.delete(keys)),
    deletePrefix: (prefix) => patiently(() => storage.deletePrefix(prefix)),
    tidy: (before) => storage.tidy(before),
    presign: (key, options) => storage.presign(key, options),
    localPath: (key) => storage.localPath(key),
    growing: (key, options) => storage.growing(key, options),
    health: () => storage.health(),
    room: () => storage.room(),
    close: () => storage.close(),
  };
}

async function askPatiently<T>(
  ask: (again: boolean) => Promise<T>,
  { until, log, patienceMs = STORAGE_PATIENCE_MS }: Patience,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let again = false; ; again = true) {
    try {
      return await ask(again);
    } catch (error) {
      if (!isError(error, 'storage_unavailable') || until.aborted || performance.now() > deadline) throw error;
      if (!again) log.warn({ err: error }, 'The storage does not answer: the task waits for it');
      // Rejects only because nobody waits any more; then comes the last try.
      await pause(AGAIN_MS, undefined, { signal: until }).catch(() => undefined);
    }
  }
}

function isError(error: unknown, code: TranscodeError['code']): boolean {
  return error instanceof TranscodeError && error.code === code;
}
