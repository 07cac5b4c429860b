import type { Exporter, LogEvent, LogFields, LogLevel, LOG_EVENTS } from '@transcode/contracts';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { spanIds } from '../traces/span-ids.ts';
import { redact } from './redact.ts';
import { sourcePlace } from './source-place.ts';
import { standardOutput } from './standard-output.ts';

/** Only what `LOG_FIELDS` names can be logged, and whether it is a secret is known of each of those. */
interface Tell {
  (fields: LogFields, sentence: string): void;
  (sentence: string): void;
}

/** What an event's line has beside what the logger's parents say. */
export type EventFields<Event extends LogEvent> = Pick<LogFields, (typeof LOG_EVENTS)[Event][number] & keyof LogFields>;

export interface Logger extends Readonly<Record<LogLevel, Tell>> {
  /** One of the operations that matter: its line can be found by the event's name. */
  event<Event extends LogEvent>(
    level: LogLevel,
    event: Event,
    fields: EventFields<Event> & LogFields,
    sentence: string,
  ): void;
  child(fields: LogFields): Logger;
  /** As it is now; a change holds for all that come from the same logger. */
  readonly level: LogLevel | 'silent';
  setLevel(level: LogLevel | 'silent'): void;
}

export interface LoggerOptions {
  /** The process. */
  readonly name: Exporter;
  readonly level: string;
  readonly destination?: DestinationStream;
  /** Is given each line too, as it was written: whoever looks on sees no secret either. */
  readonly also?: (line: string) => void;
}

/** One JSON object a line: `time` in ISO 8601, `level` in words, `msg`, `caller`, and what the line is about. */
export function createLogger({ name, level, destination = standardOutput(), also }: LoggerOptions): Logger {
  const gate = { level };
  const root = pino(
    {
      // What is not told is stopped here, so that children follow when the level changes.
      level: 'trace',
      base: { component: name },
      messageKey: 'msg',
      errorKey: 'err',
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: spanIds,
      // Without a span, as most are, the line is what it was; pino's own way copies all of it.
      mixinMergeStrategy: (line, ids) => ('trace_id' in ids ? { ...ids, ...line } : line),
    },
    {
      write: (line: string) => {
        const safe = redact(line);
        destination.write(safe);
        also?.(safe);
      },
    },
  );
  return wrap(root, { gate, name, places: new Map() });
}

let millisecond = 0;
let written = '';

/** As pino's own, made once for all lines of a millisecond. */
function isoTime(): string {
  const now = Date.now();
  if (now !== millisecond) written = `,"time":"${new Date(now).toISOString()}"`;
  millisecond = now;
  return written;
}

const WEIGHTS: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: 100 };

interface Shared {
  readonly gate: { level: string };
  readonly name: Exporter;
  /** Where each event is told from: always the same place, and to find it costs more than the line. */
  readonly places: Map<LogEvent, string>;
}

function wrap(logger: PinoLogger, shared: Shared): Logger {
  const { gate, name, places } = shared;
  const isTold = (level: LogLevel): boolean => (WEIGHTS[level] ?? 0) >= (WEIGHTS[gate.level] ?? 30);
  const tell = (level: LogLevel): Tell => {
    return (about: LogFields | string, sentence?: string): void => {
      if (!isTold(level)) return;
      const caller = `${name} ${sourcePlace()}`;
      if (typeof about === 'string') logger[level]({ caller }, about);
      else logger[level]({ caller, ...about }, sentence);
    };
  };
  return {
    ...{ debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error'), fatal: tell('fatal') },
    event: (level, event, fields, sentence) => {
      if (!isTold(level)) return;
      const place = places.get(event) ?? sourcePlace();
      places.set(event, place);
      const line: object = { caller: `${name} ${place}`, event, ...fields };
      logger[level](line, sentence);
    },
    child: (fields) => wrap(logger.child(fields), shared),
    get level() {
      return gate.level as LogLevel | 'silent';
    },
    setLevel: (level) => {
      gate.level = level;
    },
  };
}
