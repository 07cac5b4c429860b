import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** The process: `api`, `worker`. */
  name: string;
  level: string;
  destination?: DestinationStream;
  /** Is given each line too, as it was written: whoever looks on sees no secret either. */
  also?: (line: string) => void;
}

/** Values under these names never reach a log. */
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'session', 'token', 'key', 'passwordHash'];

/** One JSON object a line: `time` in ISO 8601, `level` in words, `msg`, `caller`, and what the line is about. */
export function createLogger({ name, level, destination, also }: LoggerOptions): Logger {
  const written = also === undefined ? destination : both(destination ?? pino.destination(1), also);
  return pino(
    {
      level,
      base: { caller: name },
      messageKey: 'msg',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]), censor: '[redacted]' },
    },
    ...(written === undefined ? [] : [written]),
  );
}

function both(destination: DestinationStream, also: (line: string) => void): DestinationStream {
  return {
    write: (line) => {
      destination.write(line);
      also(line);
    },
  };
}
