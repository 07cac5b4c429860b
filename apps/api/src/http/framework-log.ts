import type { Logger } from '@transcode/telemetry';
import type { FastifyBaseLogger } from 'fastify';

/** What Fastify itself has to say, with no more of it than the log may have: an error and a sentence. */
export function frameworkLog(log: Logger): FastifyBaseLogger {
  const tell =
    (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal') =>
    (about: unknown, sentence?: unknown): void => {
      if (typeof about === 'string') log[level](about);
      else log[level]({ err: errorIn(about) }, typeof sentence === 'string' ? sentence : 'Fastify');
    };
  const own: FastifyBaseLogger = {
    level: 'info',
    ...{ debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error'), fatal: tell('fatal') },
    trace: () => undefined,
    silent: () => undefined,
    child: () => own,
  };
  return own;
}

function errorIn(about: unknown): unknown {
  if (about instanceof Error) return about;
  return typeof about === 'object' && about !== null && 'err' in about ? about.err : undefined;
}
