import { Server } from '@tus/server';
import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import { toTranscodeError } from '../http/to-transcode-error.ts';
import { EXPOSED_HEADERS } from './check-request.ts';
import type { UploadDeps } from './deps.ts';
import { findUpload } from './find-upload.ts';
import { allOfHeader } from './one-header.ts';
import { tusRefusal } from './tus-refusal.ts';
import { uploadLocker } from './upload-locker.ts';
import { uploadIdFor } from './upload-id.ts';
import { planUpload } from './upload-metadata.ts';
import { currentRequest } from './upload-request.ts';
import { UploadStore } from './upload-store.ts';

export const UPLOADS_PATH = '/api/uploads';

/** The protocol is @tus/server's; who may do what, and where bytes and rows are, is ours. */
export function createTusServer(deps: UploadDeps, maxBytes: number): Server {
  return new Server({
    path: UPLOADS_PATH,
    datastore: new UploadStore(deps),
    locker: uploadLocker(deps),
    maxSize: maxBytes,
    relativeLocation: true,
    allowedHeaders: ['Upload-Checksum', 'X-Request-ID'],
    exposedHeaders: EXPOSED_HEADERS,
    namingFunction: (_req, metadata) => uploadIdFor(currentRequest().principal, metadata?.['idempotencyKey']),
    async onIncomingRequest(_req, id) {
      const request = currentRequest();
      if (request.method !== 'POST') request.row = await findUpload(deps.db, request.principal, id);
      else if (!roleAtLeast(request.principal.role, 'editor'))
        throw new TranscodeError('forbidden', { role: 'editor' });
    },
    async onUploadCreate(_req, upload) {
      const request = currentRequest();
      if (upload.size === 0) throw new TranscodeError('source_empty');
      const sent = allOfHeader(request.req, 'upload-metadata');
      request.plan = await planUpload(deps.db, request.principal, sent, upload.metadata ?? {});
      return {};
    },
    onResponseError(_req, error) {
      const request = currentRequest();
      if (error instanceof TranscodeError) request.error = error;
      else if ('status_code' in error)
        request.error = tusRefusal(error.status_code, error.body, { maxBytes, requestId: request.id });
      else request.error = toTranscodeError(error, request.id);
      return { status_code: request.error.status, body: '' };
    },
  });
}
