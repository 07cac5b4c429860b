import type { Metrics } from '@transcode/telemetry';
import type { FastifyInstance } from 'fastify';
import { loggedPath } from './request-facts.ts';

const QUIET = new Set(['/health', '/ready']);

/** One line and one measurement a request, when its answer is out. */
export function registerAccessLog(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const path = loggedPath(request.url);
    const line = {
      request_id: request.id,
      method: request.method,
      path,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      address: request.ip,
    };
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    metrics.observe('httpRequestSeconds', labels, reply.elapsedTime / 1000);
    if (QUIET.has(path)) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
    done();
  });
}
