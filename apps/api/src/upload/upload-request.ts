import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import type { Principal } from '../identity/principal.ts';
import type { UploadRow } from './find-upload.ts';
import type { Lease } from './hold-lease.ts';
import type { UploadChecksum } from './upload-checksum.ts';
import type { NewUpload } from './upload-metadata.ts';
import type { UploadProgress } from './upload-progress.ts';

/** What the tus server does not know of the request that it serves. */
export interface UploadRequest {
  /** Names it in the log and to the client. */
  readonly id: string;
  readonly req: IncomingMessage;
  readonly method: string;
  readonly principal: Principal;
  /** Aborted, with why, once the principal may no longer send it. */
  readonly access: AbortSignal;
  readonly progress: UploadProgress;
  readonly checksum: UploadChecksum | undefined;
  /** The upload, once it is known that the principal may see it. */
  row?: UploadRow;
  /** Set where a POST has made it and not found it there; `named`: by its client, which finds it again. */
  made?: { readonly named: boolean };
  /** What a POST makes. */
  plan?: NewUpload;
  /** Absent in a HEAD that is answered beside a writer at work. */
  lease?: Lease;
  /** Why it failed, in our words. */
  error?: TranscodeError;
}

/** The tus server hands its store and its locker an id and nothing else; this is how they know whose. */
export const uploadRequests = new AsyncLocalStorage<UploadRequest>();

export function currentRequest(): UploadRequest {
  const request = uploadRequests.getStore();
  if (request === undefined) throw new Error('This happens only while an upload request is served.');
  return request;
}

export function rowOf(request: UploadRequest): UploadRow {
  if (request.row === undefined) throw new TranscodeError('not_found', { what: 'upload' });
  return request.row;
}
