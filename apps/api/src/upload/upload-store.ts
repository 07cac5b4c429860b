import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/utils';
import { TranscodeError, UPLOAD_EXPIRES_MS } from '@transcode/contracts';
import { demandRoom } from '@transcode/storage';
import { currentTraceparent, inSpan, measure } from '@transcode/telemetry';
import { abandonHeldUpload, forgetHeldUpload } from './abandon-upload.ts';
import { createUpload } from './create-upload.ts';
import type { UploadDeps } from './deps.ts';
import { reloadUpload, type UploadRow } from './find-upload.ts';
import { finishHeldUpload } from './finish-upload.ts';
import type { Lease } from './hold-lease.ts';
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
    const { row, isNew } = await createUpload(this.#deps, principal, announced);
    request.row = row;
    if (isNew) request.made = { named: typeof upload.metadata?.['idempotencyKey'] === 'string' };
    upload.creation_date = creationDate(row);
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
    const { req, lease, made } = request;
    if (lease === undefined) throw new TranscodeError('upload_locked');
    if (row.state === 'complete') return offset;
    // Of a PATCH the tus server has asked; a creation that is asked for again brings the first bytes once more.
    if (request.method === 'POST' && (await this.#offset(request, row)) !== offset)
      throw new TranscodeError('conflict', { reason: 'The upload is at another offset. Ask for it by HEAD' });
    try {
      const size = await this.#receive(request, row, offset, lease);
      // Nobody is left to be told where it is.
      if (made?.named === false && !req.complete) await forgetHeldUpload(this.#deps, row.id);
      return size;
    } catch (error) {
      const isForNothing = made?.named === false || isRefusal(error);
      if (made !== undefined && isForNothing && !lease.signal.aborted) await forgetHeldUpload(this.#deps, row.id);
      throw error;
    }
  }

  async #receive(request: UploadRequest, row: UploadRow, offset: number, lease: Lease): Promise<number> {
    const { req, checksum, progress, access } = request;
    const announcedBytes = Number(req.headers['content-length'] ?? 1);
    demandRoom('the storage', await this.#deps.storage.room(), announcedBytes);
    const arrival = { req, checksum, progress, signal: lease.signal, enough: access };
    const attributes = { 'transcode.upload.id': row.id, 'transcode.upload.offset': offset };
    const traced = { parent: row.traceparent ?? undefined, links: [currentTraceparent()], attributes };
    return inSpan('upload', traced, async (span) => {
      const size = await measuredBody(receiveBody(this.#deps, row, offset, arrival), { offset, req });
      span.set({ 'transcode.upload.bytes': size - offset });
      lease.signal.throwIfAborted();
      await progress.received();
      // What begins with it belongs to the same trace.
      if (size === Number(row.size)) await finishHeldUpload(this.#deps, row.id);
      else access.throwIfAborted();
      return size;
    });
  }

  override async remove(id: string): Promise<void> {
    if (await abandonHeldUpload(this.#deps, id, 'canceled', currentRequest().principal)) return;
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
      await this.#finish(request, row.id);
      request.row = await reloadUpload(this.#deps.db, row.id);
    }
    return size;
  }

  /** Clients take any other refusal of a HEAD as the upload's end, and would send everything anew. */
  async #finish({ method }: UploadRequest, id: string): Promise<void> {
    try {
      await finishHeldUpload(this.#deps, id);
    } catch (error) {
      const isPending = error instanceof TranscodeError && error.code === 'upload_copy_pending';
      throw isPending && method === 'HEAD' ? new TranscodeError('upload_locked', {}, { cause: error }) : error;
    }
  }
}

/** The tus server counts the time to live from the creation; ours begins again with each byte. */
function creationDate(row: UploadRow): string {
  return new Date(row.expiresAt.getTime() - UPLOAD_EXPIRES_MS).toISOString();
}

/** What is sent again would be refused again; whoever may no longer send it leaves what came to somebody else. */
function isRefusal(error: unknown): boolean {
  return error instanceof TranscodeError && error.blame === 'input' && error.code !== 'upload_access_ended';
}

/** What of a body became durable, and whether it all came. */
async function measuredBody(
  received: Promise<number>,
  { offset, req }: { offset: number; req: UploadRequest['req'] },
): Promise<number> {
  try {
    const size = await received;
    measure.count('uploadBytesTotal', {}, size - offset);
    measure.count('uploadRequestsTotal', { result: req.complete ? 'whole' : 'broken' });
    return size;
  } catch (error) {
    measure.count('uploadRequestsTotal', { result: 'refused' });
    throw error;
  }
}
