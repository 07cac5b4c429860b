import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/utils';
import { TranscodeError, UPLOAD_EXPIRES_MS } from '@transcode/contracts';
import { abandonHeldUpload } from './abandon-upload.ts';
import { createUpload } from './create-upload.ts';
import type { UploadDeps } from './deps.ts';
import { reloadUpload, type UploadRow } from './find-upload.ts';
import { finishHeldUpload } from './finish-upload.ts';
import { discardUnverified, receiveBody } from './receive-body.ts';
import { currentRequest, rowOf, type UploadRequest } from './upload-request.ts';

/** The tus server's store: rows in Postgres, bytes in our storage. The locker has taken the lease before any of it. */
export class UploadStore extends DataStore {
  readonly #deps: UploadDeps;

  constructor(deps: UploadDeps) {
    super();
    this.#deps = deps;
    this.extensions = ['creation', 'creation-with-upload', 'termination', 'expiration', 'checksum'];
  }

  override getExpiration(): number {
    return UPLOAD_EXPIRES_MS;
  }

  override async create(upload: Upload): Promise<Upload> {
    const request = currentRequest();
    const { plan, principal } = request;
    if (plan === undefined || upload.size === undefined) throw new Error('An upload is planned before it is created.');
    const announced = { ...plan, id: upload.id, size: upload.size };
    request.row = await createUpload(this.#deps, principal, announced);
    upload.creation_date = creationDate(request.row);
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const request = currentRequest();
    const row = await reloadUpload(this.#deps.db, id);
    request.row = row;
    const offset = await this.#offset(request, row);
    return new Upload({
      id,
      size: Number(row.size),
      offset,
      creation_date: creationDate(row),
    });
  }

  /** The body is read from the request itself: what the tus server hands us is empty. */
  override async write(empty: Readable, _id: string, offset: number): Promise<number> {
    empty.resume();
    const request = currentRequest();
    const row = rowOf(request);
    const { req, checksum, progress, lease } = request;
    if (lease === undefined) throw new TranscodeError('upload_locked');
    if (row.state === 'complete') return offset;
    // Of a PATCH the tus server has asked; a creation that is asked for again brings the first bytes once more.
    if (request.method === 'POST' && (await this.#offset(request, row)) !== offset)
      throw new TranscodeError('conflict', { reason: 'The upload is at another offset. Ask for it by HEAD' });
    const size = await receiveBody(this.#deps, row, offset, { req, checksum, progress, signal: lease.signal });
    lease.signal.throwIfAborted();
    await progress.received();
    if (size === Number(row.size)) await finishHeldUpload(this.#deps, row.id);
    return size;
  }

  override async remove(id: string): Promise<void> {
    if (await abandonHeldUpload(this.#deps, id, 'canceled')) return;
    throw new TranscodeError('conflict', { reason: 'The upload is complete. Delete its video instead' });
  }

  /** From storage itself, unless somebody is writing there right now. */
  async #offset(request: UploadRequest, row: UploadRow): Promise<number> {
    if (row.state === 'complete') return Number(row.size);
    if (request.lease === undefined) return Number(row.verifyFrom ?? row.offset);
    await discardUnverified(this.#deps, row);
    const size = await this.#deps.storage.growing(row.key, { expectedBytes: Number(row.size) }).size();
    // Every byte is here, but whoever received the last of them died before it could say so.
    if (size === Number(row.size)) {
      await finishHeldUpload(this.#deps, row.id);
      request.row = await reloadUpload(this.#deps.db, row.id);
    }
    return size;
  }
}

/** The tus server counts the time to live from the creation; ours begins again with each byte. */
function creationDate(row: UploadRow): string {
  return new Date(row.expiresAt.getTime() - UPLOAD_EXPIRES_MS).toISOString();
}
