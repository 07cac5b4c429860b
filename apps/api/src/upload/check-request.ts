import type { IncomingMessage } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import { LIMIT_HEADERS } from '../http/bounds/rate-limits.ts';
import { oneHeader } from './one-header.ts';

export const TUS_VERSION = '1.0.0';

/** What a page elsewhere may read of an answer, beside what is the protocol's. */
export const EXPOSED_HEADERS = [
  ...['Transcode-Video-Id', 'Upload-Expires', 'Tus-Checksum-Algorithm', 'X-Request-ID'],
  ...LIMIT_HEADERS,
];
/** Of an answer that the tus server had no part in. A page of another site has to see why, too. */
export const UPLOAD_HEADERS = {
  'Tus-Resumable': TUS_VERSION,
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': ['Tus-Resumable', 'Tus-Version', ...EXPOSED_HEADERS].join(', '),
};

const METHODS = ['OPTIONS', 'POST', 'HEAD', 'PATCH', 'DELETE'];
const BODY_TYPE = 'application/offset+octet-stream';

/** What has to be right before anything else; the tus server is laxer here, or gives other statuses than the protocol. */
export function checkRequest(req: IncomingMessage, method: string): void {
  if (!METHODS.includes(method)) throw new TranscodeError('method_not_allowed', { method });
  if (method === 'OPTIONS') return;
  if (oneHeader(req, 'tus-resumable') !== TUS_VERSION) throw new TranscodeError('tus_version_unsupported');
  if (method === 'PATCH' && mediaTypeOf(req) !== BODY_TYPE)
    throw new TranscodeError('unsupported_media_type', { expected: BODY_TYPE });
}

/** Of a creation. A length beyond what numbers can tell apart is too large as well. */
export function checkLength(req: IncomingMessage, maxBytes: number): void {
  const length = oneHeader(req, 'upload-length') ?? '';
  if (/^\d+$/.test(length) && Number(length) > maxBytes)
    throw new TranscodeError('payload_too_large', { limit: `${maxBytes} bytes` });
  if (mediaTypeOf(req) === BODY_TYPE && Number(oneHeader(req, 'content-length') ?? 0) > Number(length))
    throw new TranscodeError('payload_too_large', { limit: 'announced length' });
}

/** As the tus server wants it to be written; clients differ in case, and some add parameters. */
export function mediaTypeOf(req: IncomingMessage): string | undefined {
  return oneHeader(req, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
}

/** What a refusal tells beside its problem. */
export function headersOfRefusal(error: TranscodeError): Record<string, string> {
  if (error.status === 401) return { 'WWW-Authenticate': 'Bearer' };
  if (error.code === 'method_not_allowed') return { Allow: METHODS.join(', ') };
  if (error.code === 'tus_version_unsupported') return { 'Tus-Version': TUS_VERSION };
  return {};
}
