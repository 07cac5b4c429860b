import { STORAGE_PATIENCE_MS, TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';
import { pauseUntil } from './pause-until.ts';

const AGAIN_MS = 500;
/** An answer that takes longer is asked for again: this, and as long as what is sent takes on a thin line, 1 Mbit/s. */
const ANSWER_MS = 30_000;
const LEAST_BYTES_PER_MS = 128;
/** Where patience is at its end already. */
const LAST_ANSWER_MS = 5_000;

interface Patience {
  /** Nobody waits for it any more. */
  readonly until: AbortSignal;
  readonly log: Logger;
  readonly patienceMs?: number | undefined;
  /** How long one answer is waited for, beside the time that sending takes; ANSWER_MS unless told. */
  readonly answerMs?: number | undefined;
}

/**
 * The storage, for the length of a task: while it does not answer, what is asked of it waits, and so does the ffmpeg behind it. A short
 * outage then costs nothing that has been encoded.
 */
export function patientStorage(storage: Storage, patience: Patience): Storage {
  const patiently = <T>(ask: Ask<T>, bytes = 0): Promise<T> => askPatiently(storage, ask, { ...patience, bytes });
  return {
    kind: storage.kind,
    until: (signal) => patientStorage(storage.until(signal), patience),
    put: (key, body, options) =>
      body instanceof Uint8Array
        ? patiently(async (asked, again) => {
            try {
              return await asked.put(key, body, options);
            } catch (error) {
              // The one before may have arrived, though its answer did not. Nobody else writes to keys of this claim.
              const isThere = again && isError(error, 'conflict') && (await asked.head(key))?.bytes === body.length;
              if (!isThere) throw error;
              return { bytes: body.length };
            }
          }, body.length)
        : storage.until(patience.until).put(key, body, options),
    get: (key, range) => patiently((asked) => asked.get(key, range)),
    read: (key) => patiently((asked) => asked.read(key)),
    head: (key) => patiently((asked) => asked.head(key)),
    list: (prefix) => storage.until(patience.until).list(prefix),
    delete: (keys) => patiently((asked) => asked.delete(keys)),
    deletePrefix: (prefix) => patiently((asked) => asked.deletePrefix(prefix)),
    tidy: (before) => storage.tidy(before),
    presign: (key, options) => storage.presign(key, options),
    localPath: (key) => storage.localPath(key),
    growing: (key, options) => storage.growing(key, options),
    health: () => storage.health(),
    room: () => storage.room(),
    close: () => storage.close(),
  };
}

type Ask<T> = (storage: Storage, again: boolean) => Promise<T>;

/** A request that is given up is not sent again behind our back: nothing of a claim is written once its worker is through with it. */
async function askPatiently<T>(
  storage: Storage,
  ask: Ask<T>,
  { until, log, patienceMs = STORAGE_PATIENCE_MS, answerMs = ANSWER_MS, bytes }: Patience & { readonly bytes: number },
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let again = false; ; again = true) {
    const left = Math.max(deadline - performance.now(), LAST_ANSWER_MS);
    const attempt = limited(until, Math.min(answerMs + bytes / LEAST_BYTES_PER_MS, left));
    try {
      return await ask(storage.until(attempt.signal), again);
    } catch (error) {
      if (!isError(error, 'storage_unavailable') || until.aborted || performance.now() > deadline) throw error;
      if (!again) log.warn({ err: error }, 'The storage does not answer: the task waits for it');
    } finally {
      attempt.dispose();
    }
    // Where nobody waits any more, the last try follows at once.
    await pauseUntil(until, AGAIN_MS);
  }
}

/** Ends with the other signal, or after the time. Once disposed of it never does: what was answered is read by its own rules. */
function limited(until: AbortSignal, mostMs: number): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  if (until.aborted) stop();
  until.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, mostMs);
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      until.removeEventListener('abort', stop);
    },
  };
}

function isError(error: unknown, code: TranscodeError['code']): boolean {
  return error instanceof TranscodeError && error.code === code;
}
