import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** The process: `api`, `worker`. */
  name: string;
  level: string;
  destination?: DestinationStream;
}

/** Values under these names never reach a log. */
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'session', 'token', 'key', 'passwordHash'];

/** One JSON object a line: `time` in ISO 8601, `level` in words, `msg`, `caller`, and what the line is about. */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { caller: name },
      messageKey: 'msg',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]), censor: '[redacted]' },
    },
    ...(destination === undefined ? [] : [destination]),
  );
}
