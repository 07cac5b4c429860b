import type { IncomingMessage } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../context.ts';
import type { Authenticator } from '../identity/authenticator.ts';
import type { Principal } from '../identity/principal.ts';
import { createUploadHandler } from '../upload/index.ts';

interface UploadRoutesOptions {
  readonly services: Services;
  readonly maxBytes: number;
}

async function uploader(authenticator: Authenticator, request: IncomingMessage): Promise<Principal> {
  const identity = await authenticator.identify({ method: request.method ?? 'GET', headers: request.headers });
  if (identity === undefined) throw new TranscodeError('unauthenticated');
  if (identity.mustChangePassword) throw new TranscodeError('password_change_required');
  return identity;
}

/** tus at /api/uploads. It reads the bodies itself, as long as they take, straight from the connection. */
export function registerUploads(app: FastifyInstance, { services, maxBytes }: UploadRoutesOptions): void {
  const { db, storage, queues, events, log, authenticator } = services;
  const uploads = createUploadHandler({
    db,
    storage,
    queues,
    events,
    log,
    maxBytes,
    authenticate: (request) => uploader(authenticator, request),
  });
  app.addHook('preClose', () => uploads.stop());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    reply.raw.setHeader('x-request-id', request.id);
    await uploads.handle(request.raw, reply.raw, request.id);
  };
  app.all('/api/uploads', serve);
  app.all('/api/uploads/*', serve);
}
