import { Readable } from 'node:stream';
import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Services } from '../context.ts';
import type { Identity } from '../identity/principal.ts';
import { contentDisposition } from './download-name.ts';
import { findDownload } from './find-download.ts';
import { findSource } from './find-source.ts';
import { remuxedBytes } from './remux/remuxed-bytes.ts';
import { sendDownload } from './send-download.ts';

interface Asked {
  Params: { id: string };
}

interface AskedForRendition {
  Params: { id: string; file: string };
}

const METHODS = ['GET', 'HEAD'];

/**
 * One rendition with its sound as one MP4, put together from the published segments while it is sent: nothing is stored, and a
 * download that broke off goes on where it stopped. Whoever may see the video may have it. The uploaded file, which may hold more than
 * was published, is for editors.
 */
export function registerDownloads(app: FastifyInstance, services: Services): void {
  const { storage } = services;

  app.route<AskedForRendition>({
    method: METHODS,
    url: '/api/v1/videos/:id/renditions/:file',
    handler: async (request, reply) => {
      const identity = await identify(services, request);
      const id = z.uuid().safeParse(request.params.id);
      const [, asked] = /^([a-z0-9-]+)\.mp4$/.exec(request.params.file) ?? [];
      if (!id.success || asked === undefined) throw new TranscodeError('not_found', { what: 'file' });
      const wanted = { videoId: id.data, name: asked };
      const { jobId, workspaceId, name, title, header, parts, label, contentType } = await findDownload(
        services,
        identity,
        wanted,
      );
      return sendDownload(services, asking(request, reply, identity), {
        ...{ workspaceId, role: 'viewer', version: `${jobId} ${name}`, contentType },
        bytes: parts.reduce((sum, part) => sum + part.bytes, header.length),
        contentDisposition: contentDisposition(title, label, 'mp4'),
        read: (range) =>
          Promise.resolve(Readable.from(remuxedBytes({ storage, header, parts }, range), { objectMode: false })),
      });
    },
  });

  app.route<Asked>({
    method: METHODS,
    url: '/api/v1/videos/:id/source',
    handler: async (request, reply) => {
      const identity = await identify(services, request);
      if (!roleAtLeast(identity.role, 'editor')) throw new TranscodeError('forbidden', { role: 'editor' });
      const id = z.uuid().safeParse(request.params.id);
      if (!id.success) throw new TranscodeError('not_found', { what: 'file' });
      const { workspaceId, key, bytes, fileName } = await findSource(services, identity, id.data);
      const [, ending = ''] = /\.([A-Za-z0-9]{2,4})$/.exec(fileName) ?? [];
      return sendDownload(services, asking(request, reply, identity), {
        ...{ workspaceId, role: 'editor', version: key, bytes },
        contentType: 'application/octet-stream',
        contentDisposition: contentDisposition(fileName, '', ending),
        read: (range) => storage.get(key, range),
      });
    },
  });
}

function asking(request: FastifyRequest, reply: FastifyReply, identity: Identity) {
  return { request, reply, identity };
}

async function identify({ authenticator }: Services, request: FastifyRequest): Promise<Identity> {
  const identity = await authenticator.demand(request);
  if (identity.mustChangePassword) throw new TranscodeError('password_change_required');
  return identity;
}
