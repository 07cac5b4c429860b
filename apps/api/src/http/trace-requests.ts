import { TranscodeError } from '@transcode/contracts';
import { beginSpan, NO_PARENT, outsideSpans, type RunningSpan } from '@transcode/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CALLER_HEADER, type Callers } from './callers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is done for it is a part of; absent where it is not traced. */
    span?: RunningSpan<'request'>;
  }
}

/** Segments and pages come by the thousand, and say nothing that their count does not. */
const TRACED = /^\/api\/(?:v1|trpc|uploads|auth)(?:[/?]|$)/;

/** Who only watches asks by the hundred a second. Of those so many are traced: what traces cost has a bound, and a quiet hour is traced whole. */
const MOST_READS_A_SECOND = 10;

/**
 * A span for each request to the API, in which all is that is done for it. Only the console's own questions go on with the trace that
 * they come with: a stranger does not say what is traced here.
 */
export function traceRequests(app: FastifyInstance, callers: Callers): void {
  const reads = new Budget(MOST_READS_A_SECOND);
  app.addHook('onRequest', (request, reply, done) => {
    if (!TRACED.test(request.url)) return done();
    const parent = parentOf(request, callers);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && parent === undefined && !reads.take()) return outsideSpans(done);
    const attributes = {
      ...{ 'http.request.method': request.method, 'http.route': request.routeOptions.url ?? 'none' },
      'transcode.request.id': request.id,
    };
    const title = `${request.method} ${request.routeOptions.url ?? 'none'}`;
    const span = beginSpan('request', {
      title,
      kind: 'SERVER',
      attributes,
      parent: parent ?? NO_PARENT,
    });
    request.span = span;
    reply.raw.once('close', () => {
      const { statusCode } = reply.raw;
      span.set({ 'http.response.status_code': statusCode });
      if (statusCode >= 500) span.fail(new TranscodeError('internal', { requestId: request.id }));
      span.end();
    });
    return span.run(done);
  });
}

function parentOf({ headers }: FastifyRequest, callers: Callers): string | undefined {
  const { [CALLER_HEADER]: sealed, traceparent } = headers;
  const isOurs = typeof sealed === 'string' && callers.open(sealed) !== undefined;
  return isOurs && typeof traceparent === 'string' ? traceparent : undefined;
}

/** So many a second, and no more. */
class Budget {
  #second = 0;
  #taken = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  take(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#taken = 0;
    this.#second = second;
    this.#taken += 1;
    return this.#taken <= this.#most;
  }
}
