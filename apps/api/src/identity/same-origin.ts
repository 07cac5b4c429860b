import type { IncomingHttpHeaders } from 'node:http';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface UnsafeRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whether a request that a browser authenticated by its cookie came from our own pages. Schemes are not compared: behind an ingress
 * that ends TLS only the host is the same on both sides. Where it is set where people come, the request's own host says nothing.
 */
export function isSameOrigin(request: UnsafeRequest, publicUrl: string | undefined): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  const { origin } = request.headers;
  if (origin === undefined) return request.headers['sec-fetch-site'] === 'same-origin';
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === (publicUrl === undefined ? request.headers.host : new URL(publicUrl).host);
}
