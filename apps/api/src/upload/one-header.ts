import type { IncomingMessage } from 'node:http';

export function oneHeader(req: IncomingMessage, name: string): string | undefined {
  return req.headersDistinct[name]?.[0];
}
