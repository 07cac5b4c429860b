import { createHash, randomBytes } from 'node:crypto';
import type { Installation } from './installation.ts';
import { slowRequest } from './slow-request.ts';
import type { SlowRequest } from './slow-request.ts';

export const MiB = 1024 ** 2;
/** Of a header that is usually sent. */
export const ABSENT = '\0';
const OFFSET_STREAM = 'application/offset+octet-stream';

interface Creation {
  readonly length?: number;
  readonly metadata?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** A client of one process that sends exactly what it is told to. */
export interface TusClient {
  create(creation: Creation): Promise<Response>;
  /** Creates an upload that has to succeed; returns its path. */
  begin(length: number, metadata?: Record<string, string>): Promise<string>;
  head(path: string, headers?: Record<string, string>): Promise<Response>;
  /** What HEAD says is durable. */
  offset(path: string): Promise<number>;
  patch(
    path: string,
    offset: number,
    body: Uint8Array<ArrayBuffer>,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** A PATCH of which only the head has been sent; without a length the body comes in chunks. */
  slowPatch(path: string, offset: number, length: number | undefined, headers?: Record<string, string>): SlowRequest;
  remove(path: string): Promise<Response>;
}

export function tus(api: { readonly url: string }, key: string): TusClient {
  const own = { authorization: `Bearer ${key}`, 'tus-resumable': '1.0.0' };
  const send = (method: string, path: string, headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>) =>
    fetch(api.url + path, {
      method,
      headers: present({ ...own, ...headers }),
      ...(body === undefined ? {} : { body }),
    });
  const create = ({ length, metadata, headers = {}, body }: Creation): Promise<Response> => {
    const told: Record<string, string> = {};
    if (length !== undefined) told['upload-length'] = String(length);
    if (metadata !== undefined) told['upload-metadata'] = encodeMetadata(metadata);
    if (body !== undefined) told['content-type'] = OFFSET_STREAM;
    return send('POST', '/api/uploads', { ...told, ...headers }, body);
  };
  const head = (path: string, headers: Record<string, string> = {}): Promise<Response> => send('HEAD', path, headers);
  return {
    create,
    async begin(length, metadata = { filename: 'video.mp4' }) {
      const response = await create({ length, metadata });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return response.headers.get('location') ?? '';
    },
    head,
    async offset(path) {
      const response = await head(path);
      if (response.status !== 200) throw new Error(`HEAD was answered with ${response.status}`);
      return Number(response.headers.get('upload-offset'));
    },
    patch: (path, offset, body, headers = {}) =>
      send('PATCH', path, { 'content-type': OFFSET_STREAM, 'upload-offset': String(offset), ...headers }, body),
    slowPatch: (path, offset, length, headers = {}) =>
      slowRequest(
        'PATCH',
        api.url + path,
        present({
          ...own,
          'content-type': OFFSET_STREAM,
          ...(length === undefined ? {} : { 'content-length': String(length) }),
          'upload-offset': String(offset),
          ...headers,
        }),
      ),
    remove: (path) => send('DELETE', path, {}),
  };
}

function present(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ABSENT));
}

export function encodeMetadata(metadata: Record<string, string>): string {
  return Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** Bytes of which no two stretches are alike. */
export function someBytes(length: number): Buffer<ArrayBuffer> {
  return randomBytes(length);
}

export function idOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The digest of the source that an upload became, read from storage itself. */
export async function storedDigest(here: Installation, path: string): Promise<string> {
  const upload = await here.db.upload.findUniqueOrThrow({ where: { id: idOf(path) } });
  const hash = createHash('sha256');
  for await (const chunk of await here.storage.get(upload.key)) hash.update(chunk as Buffer);
  return hash.digest('base64');
}
