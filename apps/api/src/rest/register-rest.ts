import { BrokenInvariant, TranscodeError } from '@transcode/contracts';
import { callTRPCProcedure } from '@trpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { answerText } from './kept-answers.ts';
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
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) gone.abort();
        });
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
        if (status === 204) return reply.send();
        return reply.type('application/json; charset=utf-8').send(answerText(answer));
      },
    });
  }
  refuseOtherMethods(app);
}

/**
 * The other methods of each address are refused by it, so that none of them falls to another one that has a parameter in its place:
 * `DELETE /sessions/end-others` would end a session of that id.
 */
function refuseOtherMethods(app: FastifyInstance): void {
  const byUrl = Map.groupBy(restProcedures(), fastifyPath);
  for (const [url, procedures] of byUrl) {
    const taken = procedures.map(({ route }): string => route.method);
    // Fastify answers HEAD where it answers GET.
    const answered = taken.includes('GET') ? [...taken, 'HEAD'] : taken;
    app.route({
      method: app.supportedMethods.filter((method) => !answered.includes(method)),
      url,
      onRequest: (request, reply, done) => {
        void reply.header('allow', taken.join(', '));
        done(new TranscodeError('method_not_allowed', { method: request.method }));
      },
      handler: () => {
        throw new BrokenInvariant('What is refused is not handled');
      },
    });
  }
}
