import { createServer, type ServerResponse } from 'node:http';
import type { Metrics } from './metrics.ts';

export interface OpsServerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  metrics: Metrics;
  /** Throws if the process itself is not well. */
  health: () => Promise<void> | void;
  /** Whether the process can work, what it stands on by name, and what else there is to know; `ready: false` answers 503. */
  ready: () => Promise<object & { ready: boolean; checks: Readonly<Record<string, unknown>> }>;
}

export interface OpsServer {
  port: number;
  close(): Promise<void>;
}

/** The second port of a process: `/metrics`, `/health`, `/ready`. */
export async function startOpsServer({ host, port, metrics, health, ready }: OpsServerOptions): Promise<OpsServer> {
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/metrics': async (response) => {
      const { contentType, body } = await metrics.scrape();
      response.writeHead(200, { 'content-type': contentType }).end(body);
    },
    '/health': async (response) => {
      await health();
      json(response, 200, { ok: true });
    },
    '/ready': async (response) => {
      const answer = await ready();
      json(response, answer.ready ? 200 : 503, answer);
    },
  };
  const server = createServer((request, response) => {
    const route = routes[new URL(request.url ?? '/', 'http://ops').pathname];
    if (route === undefined) {
      json(response, 404, { error: 'Ask for /metrics, /health or /ready.' });
      return;
    }
    route(response).catch((error: unknown) => {
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

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
