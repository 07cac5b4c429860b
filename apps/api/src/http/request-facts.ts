import type { FastifyRequest } from 'fastify';

/** Origin of absolute addresses in answers: as configured, else as the client sees this server. */
export function baseUrlOf(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}

/** An address for the log: what is secret in it, a grant or a query, left out. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(/^\/media\/[^/]+/, '/media/…');
}
