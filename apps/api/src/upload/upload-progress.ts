import type { IncomingMessage } from 'node:http';
import { PROGRESS_INTERVAL_MS, TranscodeError, UPLOAD_EXPIRES_MS } from '@transcode/contracts';
import type { UploadDeps } from './deps.ts';
import type { UploadRow } from './find-upload.ts';
import type { Activity } from './hold-lease.ts';

/** How far the body of a request is: told to the database with each renewal of the lease, and to listeners more often. */
export interface UploadProgress extends Activity {
  /** From here on `mayStop`. */
  receiving(row: UploadRow): void;
  durable(size: number): void;
  /** From here on it cannot be stopped in the middle. */
  received(): Promise<void>;
}

export function uploadProgress(
  { db, events, idleMs: mostIdleMs }: UploadDeps & { readonly idleMs: number },
  req: IncomingMessage,
): UploadProgress {
  let row: UploadRow | undefined;
  let stoppable = false;
  let offset: number | undefined;
  let saved: number | undefined;
  let toldAt = 0;
  let seen = req.socket.bytesRead;
  let seenAt = performance.now();

  const tell = (): void => {
    if (!row?.video || offset === undefined) return;
    toldAt = performance.now();
    const { id: uploadId, workspaceId, video, size } = row;
    events.publish({ type: 'upload', workspaceId, videoId: video.id, uploadId, offset, size: Number(size) });
  };
  const save = async (): Promise<void> => {
    if (row === undefined || offset === undefined || offset === saved) return;
    const [at, expiresAt] = [offset, new Date(Date.now() + UPLOAD_EXPIRES_MS)];
    const receiving = { id: row.id, state: 'receiving' as const };
    const { count } = await db.upload.updateMany({ where: receiving, data: { offset: at, expiresAt } });
    if (count === 0) throw new TranscodeError('upload_canceled');
    row.expiresAt = expiresAt;
    saved = at;
  };
  return {
    mostIdleMs,
    idleMs() {
      // Told from the socket, without touching the bytes. That we do not read is not the client's silence.
      if (req.socket.bytesRead !== seen || req.complete || req.isPaused()) seenAt = performance.now();
      seen = req.socket.bytesRead;
      return performance.now() - seenAt;
    },
    mayStop: () => stoppable,
    onRenewed: save,
    receiving(of) {
      row = of;
      stoppable = true;
    },
    durable(size) {
      offset = size;
      if (performance.now() - toldAt >= PROGRESS_INTERVAL_MS) tell();
    },
    async received() {
      stoppable = false;
      await save();
      tell();
    },
  };
}
