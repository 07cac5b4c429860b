import { METRICS } from '@transcode/contracts';
import { measure, outsideSpans, type Logger } from '@transcode/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { loggedPath } from './request-facts.ts';

const METHODS = METRICS.httpRequestSeconds.labels.method;
const QUIET = new Set(['/health', '/ready', '/alive']);

/** What nginx says of a request whose client left before it was answered. */
const LEFT = 499;

/** One line and one measurement a request, when its answer is out, or whoever asked has left: of those no `onResponse` is told. */
export function registerAccessLog(app: FastifyInstance, log: Logger): void {
  app.addHook('onRequest', (request, reply, done) => {
    const began = performance.now();
    void reply.header('x-request-id', request.id);
    measure.add('httpRequestsInFlight', {}, 1);
    reply.raw.once('close', () => {
      measure.add('httpRequestsInFlight', {}, -1);
      tell(log, request, {
        status: reply.raw.headersSent ? reply.raw.statusCode : LEFT,
        ms: performance.now() - began,
      });
    });
    done();
  });
}

function tell(log: Logger, request: FastifyRequest, { status, ms }: { status: number; ms: number }): void {
  const path = loggedPath(request.url);
  const { method } = request;
  const labels = { method: methodOf(method), route: request.routeOptions.url ?? 'none', status: String(status) };
  const write = (): void => {
    measure.observe('httpRequestSeconds', labels, ms / 1000);
    log.event(
      QUIET.has(path) ? 'debug' : 'info',
      'request_ended',
      // Written out here, so that a name that the contract does not know is no line.
      { request_id: request.id, method, path, status, ms: Math.round(ms), address: request.caller },
      `${method} ${path} ${status}`,
    );
  };
  // What is under way on the connection by now may be another's.
  if (request.span === undefined) outsideSpans(write);
  else request.span.run(write);
}

/** Whoever asks may invent methods: all of those are one. */
function methodOf(method: string): (typeof METHODS)[number] {
  return METHODS.find((known) => known === method) ?? 'other';
}
