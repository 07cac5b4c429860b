import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Services } from '../context.ts';
import { parseByteRange } from './byte-range.ts';
import { contentDisposition } from './download-name.ts';
import { findDownload } from './find-download.ts';
import { remuxedBytes } from './remux/remuxed-bytes.ts';

interface Asked {
  Params: { id: string; file: string };
}

/**
 * One rendition with its sound as one MP4, put together from the published segments while it is sent: nothing is stored, and a
 * download that broke off goes on where it stopped. Whoever may see the video may have it.
 */
export function registerDownloads(app: FastifyInstance, services: Services): void {
  const serve = async (request: FastifyRequest<Asked>, reply: FastifyReply): Promise<FastifyReply> => {
    const identity = await services.authenticator.identify(request);
    if (identity === undefined) throw new TranscodeError('unauthenticated');
    if (identity.mustChangePassword) throw new TranscodeError('password_change_required');
    const id = z.uuid().safeParse(request.params.id);
    const [, asked] = /^([a-z0-9-]+)\.mp4$/.exec(request.params.file) ?? [];
    if (!id.success || asked === undefined) throw new TranscodeError('not_found', { what: 'file' });

    const wanted = { videoId: id.data, name: asked };
    const { jobId, name, title, header, parts, label, contentType } = await findDownload(services, identity, wanted);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, header.length);
    const etag = `"${createHash('sha256').update(`${jobId} ${name}`).digest('base64url').slice(0, 27)}"`;
    void reply
      .type(contentType)
      .header('accept-ranges', 'bytes')
      .header('etag', etag)
      .header('cache-control', 'private, no-cache')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', contentDisposition(title, label, 'mp4'));
    const { range: askedRange, 'if-range': ifRange } = request.headers;
    const range = rangeOf(reply, ifRange === undefined || ifRange === etag ? askedRange : undefined, bytes);
    const { start, end } = range ?? { start: 0, end: bytes - 1 };
    void reply.header('content-length', end - start + 1);
    if (range !== undefined) void reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
    if (request.method === 'HEAD') return reply.send();
    const { storage } = services;
    return reply.send(Readable.from(remuxedBytes({ storage, header, parts }, { start, end }), { objectMode: false }));
  };
  app.route<Asked>({ method: ['GET', 'HEAD'], url: '/api/v1/videos/:id/renditions/:file', handler: serve });
}

function rangeOf(reply: FastifyReply, header: string | undefined, bytes: number): ReturnType<typeof parseByteRange> {
  try {
    return parseByteRange(header, bytes);
  } catch (error) {
    void reply.removeHeader('content-disposition').header('content-range', `bytes */${bytes}`);
    throw error;
  }
}
