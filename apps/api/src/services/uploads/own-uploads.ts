import { roleAtLeast } from '@transcode/contracts';
import type { Prisma } from '@transcode/db';
import type { Principal } from '../../identity/principal.ts';
import { visibleTo } from '../workspaces/visible.ts';

/** An upload is its owner's alone, and an admin's; a key's uploads are those it began itself. */
export function ownUploads(principal: Principal): Prisma.UploadWhereInput {
  const visible = visibleTo(principal);
  if (roleAtLeast(principal.role, 'admin')) return visible;
  return principal.kind === 'user'
    ? { ...visible, ownerUserId: principal.id }
    : { ...visible, ownerKeyId: principal.id };
}
