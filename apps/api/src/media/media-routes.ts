import { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../context.ts';
import { LIMIT_HEADERS } from '../http/bounds/rate-limits.ts';
import { countSent, sentKind } from './count-sent.ts';
import { mediaTypeOf } from './media-type.ts';
import { PublishedFiles } from './published-files.ts';
import type { PublishedObject } from './published-files.ts';
import { sendObject } from './send-object.ts';

const METHODS = 'GET, HEAD, OPTIONS';
const PRESIGNED_SECONDS = 600;
/** Answered from a browser's cache only while the presigned address surely still holds. */
const REDIRECT_CACHE = `private, max-age=${PRESIGNED_SECONDS / 2}`;

const EXPOSED = ['Accept-Ranges', 'Content-Length', 'Content-Range', 'ETag', 'X-Request-ID', ...LIMIT_HEADERS];

/** Any site's page may play, and see why it cannot. */
export const MEDIA_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED.join(', '),
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

function allowAnyOrigin(reply: FastifyReply): void {
  void reply.headers(MEDIA_HEADERS);
}

function preflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', METHODS)
    .header('access-control-allow-headers', 'Range, If-None-Match, If-Range')
    .header('access-control-max-age', '86400')
    .send();
}

function presign(storage: Storage, object: PublishedObject, name: string): Promise<string | undefined> {
  return storage.presign(object.key, { expiresSeconds: PRESIGNED_SECONDS, contentType: mediaTypeOf(name) });
}

interface Asked {
  Params: { grant: string; '*': string };
}

interface MediaOptions {
  readonly services: Services;
  readonly redirect: boolean;
}

/** Playback: /media/<grant>/<name>. Whoever has the address may play it, from any site's page, while the grant holds. */
export function registerMedia(app: FastifyInstance, { services, redirect }: MediaOptions): void {
  const { grants, storage } = services;
  const published = new PublishedFiles(services.db, storage);

  const serve = async (request: FastifyRequest<Asked>, reply: FastifyReply): Promise<FastifyReply> => {
    allowAnyOrigin(reply);
    const name = request.params['*'];
    countSent(reply, sentKind(name));
    const object = await published.find(grants.read(request.params.grant), name);
    // An address is signed for one method.
    const redirects = redirect && object.isSegment && request.method === 'GET';
    const elsewhere = redirects ? await presign(storage, object, name) : undefined;
    if (elsewhere !== undefined)
      return reply.code(302).header('location', elsewhere).header('cache-control', REDIRECT_CACHE).send();
    try {
      return await sendObject(request, reply, { name, object, storage });
    } catch (error) {
      if (error instanceof TranscodeError && error.code === 'range_not_satisfiable') {
        void reply.removeHeader('etag').header('content-range', `bytes */${object.bytes}`);
      }
      throw error;
    }
  };
  // HEAD by name: the one that Fastify adds by itself says that there is nothing.
  app.route<Asked>({ method: ['GET', 'HEAD'], url: '/media/:grant/*', handler: serve });

  app.all('/media/*', (request, reply) => {
    allowAnyOrigin(reply);
    if (request.method === 'OPTIONS') return preflight(reply);
    if (request.method === 'GET' || request.method === 'HEAD') throw new TranscodeError('not_found', { what: 'file' });
    void reply.header('allow', METHODS);
    throw new TranscodeError('method_not_allowed', { method: request.method });
  });
}
