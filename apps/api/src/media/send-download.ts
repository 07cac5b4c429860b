import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { roleAtLeast, TranscodeError, type Role } from '@transcode/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../context.ts';
import type { Identity } from '../identity/principal.ts';
import { maySee } from '../services/workspaces/visible.ts';
import { countSent } from './count-sent.ts';
import { parseByteRange, type ByteRange } from './byte-range.ts';

interface Sent {
  readonly workspaceId: string;
  /** The least that one has to be for as long as it comes. */
  readonly role: Role;
  /** Stands for the bytes: the same as long as they are. */
  readonly version: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly contentDisposition: string;
  readonly read: (range: ByteRange) => Promise<Readable>;
}

/** A file to be saved, or the range of it that was asked for; it breaks off once whoever asked may not see it any more. */
export async function sendDownload(
  services: Services,
  { request, reply, identity }: { request: FastifyRequest; reply: FastifyReply; identity: Identity },
  { workspaceId, role, version, bytes, contentType, contentDisposition, read }: Sent,
): Promise<FastifyReply> {
  const etag = `"${createHash('sha256').update(version).digest('base64url').slice(0, 27)}"`;
  void reply
    .type(contentType)
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', contentDisposition);
  const { range: askedRange, 'if-range': ifRange } = request.headers;
  const range = rangeOf(reply, ifRange === undefined || ifRange === etag ? askedRange : undefined, bytes);
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  void reply.header('content-length', end - start + 1);
  if (range !== undefined) void reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
  if (request.method === 'HEAD') return reply.send();
  countSent(reply, 'download');
  // Nothing has no last byte.
  const body = bytes === 0 ? Readable.from([]) : await read({ start, end });
  // The answer has begun: all that can be told is that it breaks off. While nobody can be asked, nobody was shut out.
  const unwatch = services.authenticator.watch(identity, request, {
    holds: (now) => {
      if (!maySee(now, workspaceId)) body.destroy(new TranscodeError('not_found', { what: 'video' }));
      else if (!roleAtLeast(now.role, role)) body.destroy(new TranscodeError('forbidden', { role }));
    },
    ends: (error) => {
      if (error instanceof TranscodeError && error.status === 401) body.destroy(error);
    },
  });
  body.once('close', unwatch);
  return reply.send(body);
}

function rangeOf(reply: FastifyReply, header: string | undefined, bytes: number): ByteRange | undefined {
  try {
    return parseByteRange(header, bytes);
  } catch (error) {
    void reply.removeHeader('content-disposition').header('content-range', `bytes */${bytes}`);
    throw error;
  }
}
