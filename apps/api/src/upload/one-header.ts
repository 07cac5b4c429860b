import type { IncomingMessage } from 'node:http';

export function oneHeader(req: IncomingMessage, name: string): string | undefined {
  return req.headersDistinct[name]?.[0];
}

/** Sent several times it is one list. */
export function allOfHeader(req: IncomingMessage, name: string): string {
  return (req.headersDistinct[name] ?? []).join(',');
}
