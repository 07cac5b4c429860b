import httpProxy from '@fastify/http-proxy';
import { sentenceOf, TranscodeError } from '@transcode/contracts';
import type { FastifyInstance, FastifyReply, RawServerBase, RouteGenericInterface } from 'fastify';
import { CONSOLE_POLICY } from './console-policy.ts';
import { sendProblem } from './problem.ts';

const STARTING_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta http-equiv="refresh" content="2" />
    <title>Transcode</title>
  </head>
  <body>
    <h1>One moment</h1>
    <p>${sentenceOf('console_unavailable')} This page tries again by itself.</p>
  </body>
</html>
`;

/** Below the API's own addresses, next-auth's are the console's. */
const CONSOLE_PREFIXES = ['/', '/api/auth'];

type ProxiedReply = FastifyReply<RouteGenericInterface, RawServerBase>;

function sendUnavailable(reply: ProxiedReply, cause: unknown): void {
  const { request } = reply;
  const wantsPage = request.headers.accept?.includes('text/html') === true;
  if (!wantsPage) {
    void reply.send(new TranscodeError('console_unavailable', {}, { cause }));
    return;
  }
  request.log.warn({ err: cause, request_id: request.id }, sentenceOf('console_unavailable'));
  void reply
    .code(502)
    .header('cache-control', 'no-store')
    .header('retry-after', '2')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .type('text/html; charset=utf-8')
    .send(STARTING_PAGE);
}

/** Passes on what is not the API's. The console sees the address that the browser asked for, so that next-auth builds right ones. */
export function registerConsole(app: FastifyInstance, consoleUrl: string | undefined): void {
  if (consoleUrl === undefined) {
    app.all('/*', (request, reply) => sendProblem(new TranscodeError('not_found', { what: 'page' }), request, reply));
    return;
  }
  for (const prefix of CONSOLE_PREFIXES) {
    void app.register(httpProxy, {
      upstream: consoleUrl,
      prefix,
      rewritePrefix: prefix,
      websocket: false,
      undici: { headersTimeout: 120_000, bodyTimeout: 0 },
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({
          ...headers,
          host: request.headers.host,
          'x-forwarded-host': request.host,
          'x-forwarded-proto': request.protocol,
          'x-forwarded-for': request.ip,
          'x-request-id': request.id,
        }),
        rewriteHeaders: (headers) =>
          headers['content-security-policy'] === undefined
            ? { ...headers, 'content-security-policy': CONSOLE_POLICY }
            : headers,
        onError: (reply, { error }) => sendUnavailable(reply, error),
      },
    });
  }
}
