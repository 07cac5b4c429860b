import { pino, type DestinationStream } from 'pino';

/** Lines of so many characters are written at once. */
const MOST = 8 * 1024;
/** What may be about to end the process does not wait. */
const PATIENT = /^\{"level":"(?:debug|info)"/;

/** Standard output, to which all lines of one turn of the event loop go at once: under load each by itself would cost as much as what it tells of. */
export function standardOutput(): DestinationStream {
  // What is written is handed to the kernel. Its own buffer is not used, as that one asks for a sync to the disk whenever it is emptied.
  const out = pino.destination({ dest: 1, sync: true });
  let lines = '';
  let waiting: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(waiting);
    waiting = undefined;
    const written = lines;
    lines = '';
    if (written !== '') out.write(written);
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      lines += line;
      if (lines.length >= MOST || !PATIENT.test(line)) flush();
      else waiting ??= setImmediate(flush);
    },
  };
}
