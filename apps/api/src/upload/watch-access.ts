import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { IdentityWatcher } from '../identity/identity-watch.ts';
import type { Identity, Principal } from '../identity/principal.ts';
import { maySee } from '../services/workspaces/visible.ts';
import type { UploadRequest } from './upload-request.ts';

/** Who sends an upload, and how to hear again and again who that is by now. */
export interface Sender {
  readonly principal: Principal;
  /** Returns how to stop. */
  watch(watcher: IdentityWatcher): () => void;
}

/** Aborts `access` once the sender of a request may no longer send it. Returns how to stop. */
export function watchAccess(sender: Sender, request: UploadRequest, access: AbortController): () => void {
  const end = (cause?: Error): void => access.abort(new TranscodeError('upload_access_ended', {}, { cause }));
  return sender.watch({
    holds: (identity) => {
      if (!maySend(identity, request)) end();
    },
    // While it cannot be found out, the lease decides: it is lost where the database stays away.
    ends: (error) => {
      if (error instanceof TranscodeError && error.status === 401) end(error);
    },
  });
}

function maySend(identity: Identity, { row }: UploadRequest): boolean {
  if (identity.mustChangePassword || !roleAtLeast(identity.role, 'editor')) return false;
  return row === undefined || maySee(identity, row.workspaceId);
}
