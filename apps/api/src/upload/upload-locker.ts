import type { Lock, Locker } from '@tus/utils';
import { TranscodeError, UPLOAD_LEASE_MS, UPLOAD_WAIT_MS } from '@transcode/contracts';
import type { UploadDeps } from './deps.ts';
import { holdLease } from './hold-lease.ts';
import { currentRequest, type UploadRequest } from './upload-request.ts';

/** Long enough for the lease of a replica that died, or for a writer that was told to stop. */
const PATIENT_MS = UPLOAD_LEASE_MS + UPLOAD_WAIT_MS;

/**
 * Who waits for whom. HEAD is a client that comes back: a writer that receives nothing more makes way, and beside one at
 * work it is answered without the lease. DELETE stops any writer. PATCH leaves a writer alone and gets 423.
 */
const WISHES: Readonly<Record<string, Parameters<typeof holdLease>[2]>> = {
  HEAD: { waitMs: PATIENT_MS, want: 'idle' },
  DELETE: { waitMs: 2 * PATIENT_MS, want: 'now' },
};

export function uploadLocker(deps: UploadDeps): Locker {
  return { newLock: (id) => uploadLock(deps, id) };
}

function uploadLock(deps: UploadDeps, id: string): Lock {
  const request = currentRequest();
  return {
    async lock() {
      const wish = WISHES[request.method] ?? { waitMs: UPLOAD_WAIT_MS };
      const lease = await holdLease(deps, id, wish, request.progress);
      if (lease !== undefined) hold(request, lease);
      else if (request.method !== 'HEAD') throw new TranscodeError('upload_locked');
    },
    async unlock() {
      await request.lease?.release();
    },
  };
}

function hold(request: UploadRequest, lease: NonNullable<UploadRequest['lease']>): void {
  request.lease = lease;
  // The connection of a writer that has to stop is of no use: nobody listens there, or nobody should.
  for (const end of [lease.signal, lease.makeWay])
    end.addEventListener('abort', () => request.req.destroy(), { once: true });
}
