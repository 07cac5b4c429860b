import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { TranscodeError } from '@transcode/contracts';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { fastify, LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '@transcode/telemetry';
import type { Redis } from 'ioredis';
import type { Context, Services } from './context.ts';
import { registerAccessLog } from './http/access-log.ts';
import { registerConsole } from './http/console-proxy.ts';
import { sendProblem } from './http/problem.ts';
import { limitRates } from './http/rate-limits.ts';
import { readiness } from './http/readiness.ts';
import { baseUrlOf } from './http/request-facts.ts';
import { registerSubscriptions } from './http/subscription-routes.ts';
import { toTranscodeError } from './http/to-transcode-error.ts';
import { registerUploads } from './http/upload-routes.ts';
import { registerDownloads } from './media/download-routes.ts';
import { registerMedia } from './media/media-routes.ts';
import { ownVersion, registerDocs } from './rest/docs-page.ts';
import { openApiDocument } from './rest/openapi.ts';
import { methodsOf, registerRest } from './rest/register-rest.ts';
import { appRouter } from './router.ts';
import type { AppRouter } from './router.ts';

/** Largest JSON body, in bytes. */
const BODY_LIMIT = 1024 ** 2;
/** An ingress in front keeps its connections for less, so that it never sends into one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;
/** Only who connects from here may say on whose behalf. */
const TRUSTED_PROXIES = ['loopback', 'linklocal', 'uniquelocal'];
/** API answers are data: a page that shows one runs nothing. */
const DATA_POLICY = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

export interface ServerOptions {
  readonly services: Services;
  readonly redis: Redis;
  readonly metrics: Metrics;
  readonly consoleUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly mediaRedirect: boolean;
}

/** Everything that is served on the one port, by address; what is not the API's goes to the console. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { services, redis, publicUrl } = options;
  const { authenticator } = services;
  const loggerInstance: FastifyBaseLogger = services.log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: TRUSTED_PROXIES,
    bodyLimit: BODY_LIMIT,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 2_000, ignoreTrailingSlash: false },
  });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  registerAccessLog(app, options.metrics);

  const createContext = async (request: FastifyRequest): Promise<Context> => ({
    services,
    request: {
      id: request.id,
      method: request.method,
      headers: request.headers,
      address: request.ip,
      baseUrl: baseUrlOf(request, publicUrl),
    },
    identity: await authenticator.identify(request),
  });

  app.get('/health', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const answer = await readiness(services);
    return reply
      .code(answer.ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(answer);
  });

  await app.register(async (api) => {
    await api.register(helmet, { contentSecurityPolicy: DATA_POLICY });
    await limitRates(api, { kind: 'api', redis, authenticator });
    readJsonOnly(api);
    registerRest(api, createContext);
    registerSubscriptions(api, { services, createContext });
    await api.register(fastifyTRPCPlugin, {
      prefix: '/api/trpc',
      trpcOptions: {
        router: appRouter,
        createContext: ({ req }) => createContext(req),
        onError: ({ error, ctx, path }) => {
          const known = toTranscodeError(error, ctx?.request.id ?? '');
          const line = { err: error, path, request_id: ctx?.request.id };
          if (known.status >= 500) services.log.error(line, known.message);
        },
      },
    } satisfies FastifyTRPCPluginOptions<AppRouter>);
    const document = openApiDocument(await ownVersion());
    api.get('/api/openapi.json', (_request, reply) => reply.send(document));
    registerDocs(api);
    api.all('/api/*', (request, reply) => {
      const methods = methodsOf(request.url.split('?', 1)[0] ?? '');
      if (methods.length === 0)
        return sendProblem(new TranscodeError('not_found', { what: 'address' }), request, reply);
      void reply.header('allow', methods.join(', '));
      return sendProblem(new TranscodeError('method_not_allowed', { method: request.method }), request, reply);
    });
  });

  await app.register(async (uploads) => {
    await limitRates(uploads, { kind: 'uploads', redis, authenticator });
    registerUploads(uploads, { services, maxBytes: services.limits.uploadMaxBytes });
  });

  await app.register(async (media) => {
    await limitRates(media, { kind: 'media', redis, authenticator });
    registerMedia(media, { services, redirect: options.mediaRedirect });
    registerDownloads(media, services);
  });

  await app.register(async (pages) => {
    await pages.register(helmet, { contentSecurityPolicy: false, crossOriginEmbedderPolicy: false });
    registerConsole(pages, options.consoleUrl);
  });
  return app;
}

/** JSON is all that the API reads; anything else gets 415. An empty body is no body. */
function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body.toString();
    try {
      done(null, text === '' ? undefined : JSON.parse(text));
    } catch (cause) {
      done(new TranscodeError('bad_request', { reason: 'the body is not JSON' }, { cause }));
    }
  });
}
