import { pino, type DestinationStream } from 'pino';

/** Lines of so many bytes are written at once. */
const MOST_BYTES = 8 * 1024;
/** What may be about to end the process does not wait. */
const PATIENT = /^\{"level":"(?:debug|info)"/;

/** Standard output, to which all lines of one turn of the event loop go at once: under load each by itself would cost as much as what it tells of. */
export function standardOutput(): DestinationStream {
  const out = pino.destination({ dest: 1, sync: true, minLength: MOST_BYTES });
  let waiting: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(waiting);
    waiting = undefined;
    out.flushSync();
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      out.write(line);
      if (!PATIENT.test(line)) flush();
      else waiting ??= setImmediate(flush);
    },
  };
}
