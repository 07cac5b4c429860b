import type { IncomingHttpHeaders } from 'node:http';
import { constants } from 'node:zlib';
import compress, { type FastifyCompressOptions } from '@fastify/compress';
import httpProxy from '@fastify/http-proxy';
import { sentenceOf, TranscodeError } from '@transcode/contracts';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  RawServerBase,
  RouteGenericInterface,
} from 'fastify';
import { CALLER_HEADER, type Callers } from './callers.ts';
import { CONSOLE_POLICY } from './console-policy.ts';
import { sendProblem } from './problem.ts';
import { StrangersTurns } from './bounds/strangers-turns.ts';
import { Turns } from './bounds/turns.ts';

const pageOf = (sentence: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="refresh" content="2" />
    <title>Transcode</title>
  </head>
  <body>
    <h1>One moment</h1>
    <p>${sentence} This page tries again by itself.</p>
  </body>
</html>
`;

/** What the console takes by address: pages are asked for, and nothing is sent but what somebody signs in or out with. */
const DOORS: readonly { prefix: string; methods: HTTPMethods[]; isPacked?: true }[] = [
  { prefix: '/', methods: ['GET', 'HEAD'] },
  // What pages load is the same for everybody. Here it is packed, and tighter than Next.js would.
  { prefix: '/_next/static', methods: ['GET', 'HEAD'], isPacked: true },
  // Below the API's own addresses, next-auth's are the console's.
  { prefix: '/api/auth', methods: ['GET', 'HEAD', 'POST'] },
];
const BODY_LIMIT = 64 * 1024;
/** Answers under way at once, with those that somebody reads slowly. */
const CONNECTIONS = 1_000;

/**
 * Pages are made one after another in one process. Those for strangers come one at a time, so that who is signed in, and whose requests do
 * not wait here, has at most one of them before theirs.
 */
const STRANGERS = { atOnce: 1, mostWaiting: 1_000, mostOfOne: 200, patienceMs: 10_000 };

const PACKED: FastifyCompressOptions = {
  encodings: ['br', 'gzip'],
  customTypes: /javascript|css|svg|json/,
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } },
};

interface Console {
  readonly consoleUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly callers: Callers;
}

type ProxiedReply = FastifyReply<RouteGenericInterface, RawServerBase>;

function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers.accept?.includes('text/html') === true;
}

function sendPage(reply: ProxiedReply, sentence: string): void {
  void reply
    .header('cache-control', 'no-store')
    .header('retry-after', '2')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .type('text/html; charset=utf-8')
    .send(pageOf(sentence));
}

function sendUnavailable(reply: ProxiedReply, cause: unknown): void {
  const { request } = reply;
  if (request.raw.readableAborted) {
    void reply.send(new TranscodeError('bad_request', { reason: 'its body broke off' }, { cause }));
    return;
  }
  if (!wantsPage(request)) {
    void reply.send(new TranscodeError('console_unavailable', {}, { cause }));
    return;
  }
  request.log.warn({ err: cause, request_id: request.id }, sentenceOf('console_unavailable'));
  sendPage(reply.code(502), sentenceOf('console_unavailable'));
}

/**
 * Passes on what is not the API's. The console sees the address that people use, so that next-auth builds right ones. What it is sent is read
 * here first, up to a limit: it would take all into memory that comes.
 */
export function registerConsole(app: FastifyInstance, { consoleUrl, publicUrl, callers }: Console): void {
  if (consoleUrl === undefined) {
    app.all('/*', (request, reply) => sendProblem(new TranscodeError('not_found', { what: 'page' }), request, reply));
    return;
  }
  refuseOtherMethods(app);
  const turns = new StrangersTurns(new Turns(STRANGERS));
  for (const { prefix, methods, isPacked = false } of DOORS) {
    void app.register(async (door) => {
      readUpTo(door, BODY_LIMIT);
      door.addHook('preHandler', async (request, reply) => {
        try {
          await turns.begin(request, reply);
        } catch (error) {
          if (!(error instanceof TranscodeError) || !wantsPage(request)) throw error;
          sendPage(reply.code(error.status), error.message);
        }
        // Fastify goes on with what was not sent.
        return undefined;
      });
      if (isPacked) await door.register(compress, PACKED);
      await door.register(httpProxy, {
        upstream: consoleUrl,
        prefix,
        rewritePrefix: prefix,
        httpMethods: methods,
        proxyPayloads: false,
        websocket: false,
        undici: { headersTimeout: 120_000, bodyTimeout: 0, connections: CONNECTIONS },
        replyOptions: {
          rewriteRequestHeaders: (request, headers) => {
            const { host, protocol } = seenAt(request, publicUrl);
            return {
              ...(isPacked ? unpacked(headers) : headers),
              host,
              'x-forwarded-host': host,
              'x-forwarded-proto': protocol,
              'x-forwarded-for': request.caller,
              [CALLER_HEADER]: callers.seal(request.caller),
              'x-request-id': request.id,
            };
          },
          rewriteHeaders: (headers, request) => {
            // It is made, and who reads it slowly keeps nobody waiting.
            if (request !== undefined) turns.end(request);
            return headers['content-security-policy'] === undefined
              ? { ...headers, 'content-security-policy': CONSOLE_POLICY }
              : headers;
          },
          onError: (reply, { error }) => sendUnavailable(reply, error),
        },
      });
    });
  }
}

/** Asks for all of it, as it is. */
function unpacked({ range: _range, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return { ...headers, 'accept-encoding': 'identity' };
}

function refuseOtherMethods(app: FastifyInstance): void {
  const allowed = DOORS[0]?.methods ?? [];
  const others = app.supportedMethods.filter((method) => !allowed.includes(method));
  app.route({
    method: others,
    url: '/*',
    // Before anything of a body is read.
    onRequest: (request, reply, _done) => {
      void reply.header('allow', allowed.join(', '));
      void sendProblem(new TranscodeError('method_not_allowed', { method: request.method }), request, reply);
    },
    handler: (_request, reply) => reply,
  });
}

function readUpTo(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  // What is JSON is written anew by the proxy.
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit },
    app.getDefaultJsonParser('error', 'error'),
  );
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}

function seenAt(
  request: Pick<FastifyRequest, 'host' | 'protocol'>,
  publicUrl: string | undefined,
): { host: string; protocol: string } {
  if (publicUrl === undefined) return { host: request.host, protocol: request.protocol };
  const { host, protocol } = new URL(publicUrl);
  return { host, protocol: protocol.replace(/:$/, '') };
}
