import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { LOG_LEVELS } from '@transcode/contracts';
import * as z from 'zod';
import type { Logger } from './logs/logger.ts';
import type { Metrics } from './metrics.ts';

export interface OpsServerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  metrics: Pick<Metrics, 'scrape'>;
  /** Throws if the process itself is not well. */
  health: () => Promise<void> | void;
  /** Whose level can be asked for, and changed from the machine itself. */
  log: Pick<Logger, 'level' | 'setLevel'>;
  /** Whether the process can work, what it stands on by name, and what else there is to know; `ready: false` answers 503. */
  ready: () => Promise<object & { ready: boolean; checks: Readonly<Record<string, unknown>> }>;
}

export interface OpsServer {
  port: number;
  close(): Promise<void>;
}

/** The second port of a process: `/metrics`, `/health`, `/ready`, `/log-level`. */
export async function startOpsServer({
  host,
  port,
  metrics,
  log,
  health,
  ready,
}: OpsServerOptions): Promise<OpsServer> {
  const routes: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => Promise<void>>> = {
    '/metrics': async (response, request) => {
      const { contentType, body } = await metrics.scrape(request.headers.accept);
      response.writeHead(200, { 'content-type': contentType }).end(body);
    },
    '/health': async (response) => {
      await health();
      json(response, 200, { ok: true });
    },
    '/log-level': (response, request) => answerLevel(log, request, response),
    '/ready': async (response) => {
      const answer = await ready();
      json(response, answer.ready ? 200 : 503, answer);
    },
  };
  const server = createServer((request, response) => {
    const route = routes[new URL(request.url ?? '/', 'http://ops').pathname];
    if (route === undefined) {
      json(response, 404, { error: 'Ask for /metrics, /health, /ready or /log-level.' });
      return;
    }
    route(response, request).catch((error: unknown) => {
      if (!response.headersSent) json(response, 503, { ok: false, error: String(error) });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const Level = z.enum([...LOG_LEVELS, 'silent']);
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/** GET tells the level, PUT with another in its body changes it until the process ends. The port itself asks for no password. */
async function answerLevel(
  log: OpsServerOptions['log'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') return json(response, 200, { level: log.level });
  if (request.method !== 'PUT') return json(response, 405, { error: 'Use GET or PUT.' });
  if (!LOOPBACK.test(request.socket.remoteAddress ?? ''))
    return json(response, 403, { error: 'The level is changed from the machine or pod itself.' });
  const level = Level.safeParse((await text(request)).trim().replaceAll('"', ''));
  if (!level.success) return json(response, 400, { error: `Send one of ${Level.options.join(', ')}.` });
  log.setLevel(level.data);
  return json(response, 200, { level: level.data });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
