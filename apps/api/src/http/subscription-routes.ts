import type { ServerResponse } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';
import { callTRPCProcedure } from '@trpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Context, Services } from '../context.ts';
import { procedures } from '../rest/rest-routes.ts';
import { appRouter } from '../router.ts';
import { errorShape } from './error-shape.ts';
import { EventLine } from './event-line.ts';
import { OpenStreams } from './open-streams.ts';
import { toTranscodeError } from './to-transcode-error.ts';

interface SubscriptionRequest {
  Querystring: { input?: string };
}

type CreateContext = (request: FastifyRequest) => Promise<Context>;

const Iterable = z.custom<AsyncIterable<unknown>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

/**
 * tRPC's subscriptions, in its own words over server-sent events. Its own producer pipes each value of each client through three
 * streams; here what many are told is turned into bytes once (EventLine).
 */
export function registerSubscriptions(
  app: FastifyInstance,
  { services, createContext }: { services: Services; createContext: CreateContext },
): void {
  const streams = new OpenStreams();
  const names = procedures().flatMap(([name, procedure]) => {
    const { _def: definition } = procedure;
    return definition.type === 'subscription' ? [name] : [];
  });
  for (const name of names) {
    app.get<SubscriptionRequest>(`/api/trpc/${name}`, { exposeHeadRoute: false }, async (request, reply) => {
      reply.hijack();
      const line = new EventLine(reply.raw);
      line.open(headersOf(reply.getHeaders()));
      try {
        for await (const value of await begin(name, request, { createContext, streams, signal: line.closed }))
          await line.send(value);
        line.end();
      } catch (thrown) {
        const error = toTranscodeError(thrown, request.id);
        measure.count('errorsTotal', { component: 'http', code: error.code });
        if (error.status >= 500) services.log.error({ err: error, path: name, request_id: request.id }, error.message);
        line.fail(errorShape(error, { requestId: request.id, path: name }));
      }
    });
  }
}

async function begin(
  path: string,
  request: FastifyRequest<SubscriptionRequest>,
  { createContext, streams, signal }: { createContext: CreateContext; streams: OpenStreams; signal: AbortSignal },
): Promise<AsyncIterable<unknown>> {
  const ctx = await createContext(request);
  if (ctx.identity !== undefined) streams.add(ctx.identity, signal);
  const stream: unknown = await callTRPCProcedure({
    ...{ router: appRouter, path, type: 'subscription', signal, batchIndex: 0 },
    ctx,
    getRawInput: () => Promise.resolve(readInput(request.query.input)),
  });
  return Iterable.parse(stream);
}

function readInput(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new TranscodeError('bad_request', { reason: 'the input is not JSON' }, { cause });
  }
}

/** What the hooks before have set, such as the policies of all answers. */
function headersOf(headers: Record<string, unknown>): Parameters<ServerResponse['setHeaders']>[0] {
  return new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
