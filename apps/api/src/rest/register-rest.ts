import { callTRPCProcedure } from '@trpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { readInput } from './read-input.ts';
import { restProcedures } from './rest-routes.ts';
import type { RestProcedure } from './rest-routes.ts';

export const REST_PREFIX = '/api/v1';

interface RestRequest {
  Params: Record<string, string>;
  Querystring: Record<string, string | string[] | undefined>;
}

type CreateContext = (request: FastifyRequest) => Promise<Context>;

/** Fastify's spelling of `/videos/{id}`. */
function fastifyPath({ route }: RestProcedure): string {
  return REST_PREFIX + route.path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** A REST address for each procedure that declares one; it calls the very procedure that tRPC calls. */
export function registerRest(app: FastifyInstance, createContext: CreateContext): void {
  for (const one of restProcedures()) {
    const { method, status } = one.route;
    app.route<RestRequest>({
      method,
      url: fastifyPath(one),
      handler: async (request, reply) => {
        const { params, query, body } = request;
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const answer: unknown = await callTRPCProcedure({
          router: appRouter,
          path: one.name,
          type: one.type,
          ctx: await createContext(request),
          getRawInput: () => Promise.resolve(readInput(one, { params, query, body })),
          signal: gone.signal,
          batchIndex: 0,
        });
        void reply.code(status).header('cache-control', 'no-store');
        return status === 204 ? reply.send() : reply.send(answer);
      },
    });
  }
}

/** The methods that a REST address takes, where there is one; for answering 405 rather than 404. */
export function methodsOf(path: string): string[] {
  return restProcedures()
    .filter(({ route }) => {
      const pattern = route.path.replaceAll(/\{\w+\}/g, '[^/]+');
      return new RegExp(`^${REST_PREFIX}${pattern}$`).test(path);
    })
    .map(({ route }) => route.method);
}
