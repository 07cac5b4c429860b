import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server, ServerOptions as HttpOptions } from 'node:http';
import helmet from '@fastify/helmet';
import { TranscodeError } from '@transcode/contracts';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { fastify, LogController } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { measure } from '@transcode/telemetry';
import type { Redis } from 'ioredis';
import type { Context, Services } from './context.ts';
import { registerAccessLog } from './http/access-log.ts';
import { Aliveness } from './http/aliveness.ts';
import { registerCallers, type Callers } from './http/callers.ts';
import { registerConsole } from './http/console-proxy.ts';
import { sendProblem } from './http/problem.ts';
import { answerOddRequests, answerUnreadable } from './http/odd-requests.ts';
import { frameworkLog } from './http/framework-log.ts';
import { inTurn } from './http/bounds/in-turn.ts';
import { limitConnections } from './http/bounds/limit-connections.ts';
import { limitRates } from './http/bounds/rate-limits.ts';
import { readiness } from './http/readiness.ts';
import { baseUrlOf } from './http/request-facts.ts';
import { registerSubscriptions } from './http/subscription-routes.ts';
import { toTranscodeError } from './http/to-transcode-error.ts';
import { traceRequests } from './http/trace-requests.ts';
import { registerUploads } from './http/upload-routes.ts';
import { watchBodies } from './http/bounds/watch-bodies.ts';
import { watchReaders } from './http/bounds/watch-readers.ts';
import { registerDownloads } from './media/download-routes.ts';
import { MEDIA_HEADERS, registerMedia } from './media/media-routes.ts';
import { UPLOAD_HEADERS } from './upload/index.ts';
import { ownVersion, registerDocs } from './rest/docs-page.ts';
import { openApiDocument } from './rest/openapi.ts';
import { registerRest } from './rest/register-rest.ts';
import { appRouter } from './router.ts';
import type { AppRouter } from './router.ts';

/** Largest JSON body, in bytes. */
const BODY_LIMIT = 1024 ** 2;
/** An ingress in front keeps its connections for less, so that it never sends into one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;
/** tRPC makes a Fetch request of whatever comes, which fails for some of the others. */
const TRPC_METHODS = ['GET', 'HEAD', 'POST'];
/** How often it is looked within the time for headers whether it is over. */
const LOOKS = 10;
const UPLOAD_PATHS = /^\/api\/uploads(?:[/?]|$)/;
const isUpload = (path: string): boolean => UPLOAD_PATHS.test(path);
/** What is played and downloaded is read as it is needed. */
const MEDIA_PATHS = /^\/(?:media\/|api\/uploads(?:[/?]|$)|api\/v1\/videos\/[^/?]+\/(?:renditions\/|source))/;
/** API answers are data: a page that shows one runs nothing. */
const DATA_POLICY = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

/** In milliseconds. */
interface Timeouts {
  readonly headersMs: number;
  readonly bodyIdleMs: number;
  readonly uploadIdleMs: number;
}

export interface ServerOptions {
  readonly services: Services;
  readonly redis: Redis;
  readonly consoleUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly callers: Callers;
  /** Addresses and networks of who may say for whom they ask. */
  readonly trustedProxies: readonly string[];
  readonly mediaRedirect: boolean;
  readonly timeouts: Timeouts;
  /** The most that are open at this process, and of one address. */
  readonly connections: { readonly most: number; readonly mostOfOne: number };
}

/** Everything that is served on the one port, by address; what is not the API's goes to the console. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { services, redis, publicUrl, timeouts } = options;
  const { authenticator } = services;
  const app = fastify({
    loggerInstance: frameworkLog(services.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: [...options.trustedProxies],
    bodyLimit: BODY_LIMIT,
    serverFactory: (answer) => listener(answer, timeouts),
    clientErrorHandler: answerUnreadable(services.log),
    forceCloseConnections: 'idle',
    // Whoever had connected before nobody listened any more has an answer like others.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 2_000, ignoreTrailingSlash: false },
  });
  limitConnections(app.server, { ...options.connections, proxies: options.trustedProxies, isUpload });
  watchBodies(app.server, { idleMs: timeouts.bodyIdleMs, except: isUpload });
  watchReaders(app.server, { idleMs: timeouts.bodyIdleMs, except: (path) => MEDIA_PATHS.test(path) });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  registerCallers(app, options.callers);
  registerAccessLog(app, services.log);
  traceRequests(app, options.callers);
  answerOddRequests(app);

  // Over plain HTTP nobody may say it (RFC 6797, 7.2), and a browser that believed it would no longer find us.
  const transport = { strictTransportSecurity: publicUrl?.startsWith('https:') === true };

  const createContext = async (request: FastifyRequest): Promise<Context> => ({
    services,
    request: {
      id: request.id,
      method: request.method,
      headers: request.headers,
      address: request.caller,
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

  // Neither counted nor looked up: every open page asks, again and again.
  const aliveness = new Aliveness({ db: services.db, consoleUrl: options.consoleUrl });
  app.get('/alive', async (_request, reply) => reply.header('cache-control', 'no-store').send(await aliveness.ask()));

  await app.register(async (api) => {
    await api.register(helmet, { ...transport, contentSecurityPolicy: DATA_POLICY });
    limitRates(api, { kind: 'api', redis, authenticator });
    readJsonOnly(api);
    registerRest(api, createContext);
    registerSubscriptions(api, { services, createContext });
    await api.register(async (trpc) => {
      trpc.addHook('onRequest', (request, reply, done) => {
        if (TRPC_METHODS.includes(request.method)) return done();
        void reply.header('allow', TRPC_METHODS.join(', '));
        return done(new TranscodeError('method_not_allowed', { method: request.method }));
      });
      await trpc.register(fastifyTRPCPlugin, {
        prefix: '/api/trpc',
        trpcOptions: {
          router: appRouter,
          createContext: ({ req }) => createContext(req),
          onError: ({ error, ctx, path }) => {
            const known = toTranscodeError(error, ctx?.request.id ?? '');
            measure.count('errorsTotal', { component: 'http', code: known.code });
            const line = { err: error, path, request_id: ctx?.request.id };
            if (known.status >= 500) services.log.error(line, known.message);
          },
        },
      } satisfies FastifyTRPCPluginOptions<AppRouter>);
    });
    // Bytes once and for all: it is large, and anybody may ask for it.
    const document = Buffer.from(JSON.stringify(openApiDocument(await ownVersion())));
    api.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document));
    registerDocs(api);
    api.all('/api/*', (request, reply) =>
      sendProblem(new TranscodeError('not_found', { what: 'address' }), request, reply),
    );
  });

  await app.register((uploads, _options, done) => {
    limitRates(uploads, { kind: 'uploads', redis, authenticator, headers: UPLOAD_HEADERS });
    registerUploads(uploads, { services, maxBytes: services.limits.uploadMaxBytes, idleMs: timeouts.uploadIdleMs });
    done();
  });

  await app.register((media, _options, done) => {
    limitRates(media, { kind: 'media', redis, authenticator, headers: MEDIA_HEADERS });
    registerMedia(media, { services, redirect: options.mediaRedirect });
    registerDownloads(media, services);
    done();
  });

  await app.register(async (pages) => {
    await pages.register(helmet, { ...transport, contentSecurityPolicy: false, crossOriginEmbedderPolicy: false });
    limitRates(pages, { kind: 'pages', redis, authenticator });
    registerConsole(pages, { consoleUrl: options.consoleUrl, publicUrl, callers: options.callers });
  });
  return app;
}

function listener(answer: RequestListener, { headersMs }: Timeouts): Server {
  const options: HttpOptions = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    // An upload takes as long as it takes; other bodies are watched by themselves.
    requestTimeout: 0,
    headersTimeout: headersMs,
    connectionsCheckingInterval: headersMs / LOOKS,
    // Told in our words, by a hook.
    requireHostHeader: false,
  };
  return createHttpServer(options, inTurn(answer));
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
