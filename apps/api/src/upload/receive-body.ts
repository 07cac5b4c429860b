import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import type { GrowingObject } from '@transcode/storage';
import type { UploadDeps } from './deps.ts';
import type { UploadRow } from './find-upload.ts';
import type { UploadChecksum } from './upload-checksum.ts';
import type { UploadProgress } from './upload-progress.ts';

interface Arrival {
  req: IncomingMessage;
  checksum: UploadChecksum | undefined;
  progress: UploadProgress;
  /** Stops it before its next write. */
  signal: AbortSignal;
  /** Its sender may send no more: what came until then is kept, and the request stays open for an answer. */
  enough: AbortSignal;
}

/** Appends a request's body, as far as it comes; returns the durable size. */
export async function receiveBody(deps: UploadDeps, row: UploadRow, offset: number, arrival: Arrival): Promise<number> {
  const { req, checksum, progress, signal, enough } = arrival;
  const growing = deps.storage.growing(row.key, { expectedBytes: Number(row.size) });
  const room = Number(row.size) - offset;
  progress.receiving(row);
  if (checksum === undefined && req.headers['content-length'] !== undefined)
    // Node holds the body to its announced length, and that has been compared with the room.
    return growing.append(offset, req, { onDurable: (size) => progress.durable(size), signal, enough });

  const watched = watch(req, room, checksum);
  // Whatever happens from here to the end of it, bytes whose checksum nobody has compared never count. Without one they do.
  const verify = async (verifyFrom: number | null): Promise<void> => {
    if (checksum !== undefined) await deps.db.upload.update({ where: { id: row.id }, data: { verifyFrom } });
  };
  await verify(offset);
  const size = await growing.append(offset, watched.body, { signal, enough });
  signal.throwIfAborted();
  if (watched.overflowed()) {
    await discard(deps, row, growing, offset);
    throw new TranscodeError('payload_too_large', { limit: `${room} bytes that are left` });
  }
  if (checksum !== undefined && !(watched.whole() && checksum.matches())) {
    await discard(deps, row, growing, offset);
    throw new TranscodeError('upload_checksum_mismatch');
  }
  await verify(null);
  progress.durable(size);
  return size;
}

/** Cuts off what has not been checked; the caller holds the lease. */
export async function discardUnverified(deps: UploadDeps, row: UploadRow): Promise<void> {
  if (row.verifyFrom === null || row.state !== 'receiving') return;
  const growing = deps.storage.growing(row.key, { expectedBytes: Number(row.size) });
  await discard(deps, row, growing, Number(row.verifyFrom));
}

async function discard({ db }: UploadDeps, row: UploadRow, growing: GrowingObject, offset: number): Promise<void> {
  await growing.truncate(offset);
  await db.upload.update({ where: { id: row.id }, data: { verifyFrom: null, offset } });
}

interface Watched {
  body: Readable;
  /** It ended where it should. */
  whole(): boolean;
  overflowed(): boolean;
}

/** The body, on its way past the checksum, and no longer than there is room. The request itself stays open for an answer. */
function watch(req: IncomingMessage, room: number, checksum: UploadChecksum | undefined): Watched {
  let came = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      came += chunk.length;
      if (came > room) return done(new Error('More came than was announced.'));
      checksum?.hash.update(chunk);
      return done(null, chunk);
    },
  });
  // It may break before anybody listens, and then must not end the process.
  body.on('error', () => undefined);
  const broken = (): void => {
    if (!req.readableEnded) body.destroy(req.errored ?? new Error('The body broke off.'));
  };
  req.once('error', broken);
  req.once('close', broken);
  body.once('close', () => req.unpipe(body));
  req.pipe(body);
  return { body, whole: () => body.readableEnded, overflowed: () => came > room };
}
