import type { FastifyInstance } from 'fastify';
import { loggedPath } from './request-facts.ts';

const QUIET = new Set(['/health', '/ready']);

/** One line a request, when its answer is out. */
export function registerAccessLog(app: FastifyInstance): void {
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
    if (QUIET.has(path)) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
    done();
  });
}
