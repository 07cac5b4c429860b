import { pino, type DestinationStream } from 'pino';

/** Lines of so many bytes are written at once. */
const MOST_BYTES = 8 * 1024;
/** A line waits no longer for others. */
const WAIT_MS = 20;
/** What may be about to end the process does not wait. */
const PATIENT = /^\{"level":"(?:debug|info)"/;

/**
 * Standard output, to which lines go by some: under load each by itself would cost as much as what it tells of. Who kills the process takes
 * along those of its last moment.
 */
export function standardOutput(): DestinationStream {
  const out = pino.destination({ dest: 1, sync: true, minLength: MOST_BYTES });
  let waiting: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    out.flushSync();
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      out.write(line);
      if (!PATIENT.test(line)) flush();
      else waiting ??= setTimeout(flush, WAIT_MS).unref();
    },
  };
}
