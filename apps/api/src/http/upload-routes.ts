import type { IncomingMessage } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../context.ts';
import type { Authenticator } from '../identity/authenticator.ts';
import { createUploadHandler, type Sender } from '../upload/index.ts';

interface UploadRoutesOptions {
  readonly services: Services;
  readonly maxBytes: number;
  /** A body of which nothing comes for so long is given up. */
  readonly idleMs: number;
}

async function senderOf(authenticator: Authenticator, request: IncomingMessage): Promise<Sender> {
  const credentials = { method: request.method ?? 'GET', headers: request.headers };
  const identity = await authenticator.demand(credentials);
  if (identity.mustChangePassword) throw new TranscodeError('password_change_required');
  return { principal: identity, watch: (watcher) => authenticator.watch(identity, credentials, watcher) };
}

/** tus at /api/uploads. It reads the bodies itself, as long as they take, straight from the connection. */
export function registerUploads(app: FastifyInstance, { services, maxBytes, idleMs }: UploadRoutesOptions): void {
  const { db, storage, copier, queues, events, log, authenticator } = services;
  const uploads = createUploadHandler({
    db,
    storage,
    copier,
    queues,
    events,
    log,
    maxBytes,
    idleMs,
    authenticate: (request) => senderOf(authenticator, request),
  });
  app.addHook('preClose', () => uploads.stop());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value ?? '');
    await uploads.handle(request.raw, reply.raw, request.id);
  };
  app.all('/api/uploads', serve);
  app.all('/api/uploads/*', serve);
}
