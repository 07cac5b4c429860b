import type { IncomingMessage } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import { oneHeader } from './one-header.ts';

export const TUS_VERSION = '1.0.0';

const METHODS = ['OPTIONS', 'POST', 'HEAD', 'PATCH', 'DELETE'];
const BODY_TYPE = 'application/offset+octet-stream';

/** What has to be right before anything else; the tus server is laxer here, or gives other statuses than the protocol. */
export function checkRequest(req: IncomingMessage, method: string): void {
  if (!METHODS.includes(method)) throw new TranscodeError('method_not_allowed', { method });
  if (method === 'OPTIONS') return;
  if (oneHeader(req, 'tus-resumable') !== TUS_VERSION) throw new TranscodeError('tus_version_unsupported');
  if (method === 'PATCH' && oneHeader(req, 'content-type') !== BODY_TYPE)
    throw new TranscodeError('unsupported_media_type', { expected: BODY_TYPE });
}

/** What a refusal tells beside its problem. */
export function headersOfRefusal(error: TranscodeError): Record<string, string> {
  if (error.code === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer' };
  if (error.code === 'method_not_allowed') return { Allow: METHODS.join(', ') };
  if (error.code === 'tus_version_unsupported') return { 'Tus-Version': TUS_VERSION };
  return {};
}
