import { createHash } from 'node:crypto';
import { GRANT_MS } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseByteRange } from './byte-range.ts';
import { isManifest, mediaTypeOf } from './media-type.ts';
import type { PublishedObject } from './published-files.ts';

/** Private: a cache shared by many would go on to serve a video that was deleted. */
const CACHE_FOR_EVER = `private, max-age=${GRANT_MS / 1000}, immutable`;
const CACHE_SHORTLY = 'private, max-age=5';

/** Objects are written once, so their key stands for their bytes; it is not told as it is. */
function etagOf(key: string): string {
  return `"${createHash('sha256').update(key).digest('base64url').slice(0, 27)}"`;
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}

interface Sending {
  readonly name: string;
  readonly object: PublishedObject;
  readonly storage: Storage;
}

/** The object, or the range of it that was asked for, with all that caches and players have to know. */
export async function sendObject(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, object, storage }: Sending,
): Promise<FastifyReply> {
  const etag = etagOf(object.key);
  void reply
    .type(mediaTypeOf(name))
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .header('cache-control', isManifest(name) ? CACHE_SHORTLY : CACHE_FOR_EVER);
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();

  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = parseByteRange(asked, object.bytes);
  const length = range === undefined ? object.bytes : range.end - range.start + 1;
  void reply.header('content-length', length);
  if (range !== undefined) {
    void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${object.bytes}`);
  }
  if (request.method === 'HEAD') return reply.send();
  return reply.send(await storage.get(object.key, range));
}
