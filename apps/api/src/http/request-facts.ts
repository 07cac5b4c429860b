import type { FastifyRequest } from 'fastify';

/** Origin of absolute addresses in answers: as configured, else as the client sees this server. */
export function baseUrlOf(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}

/** Parts of an address that open something to whoever has them. */
const SECRETS = /^(\/media|\/share|\/api\/v1\/shared)\/[^/]+/;

/** An address for the log: what is secret in it, a grant, a share link or a query, left out. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(SECRETS, '$1/…');
}
