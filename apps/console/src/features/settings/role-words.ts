import type { Role } from '@transcode/contracts';

/** What each role may do, for who gives it. */
export const ROLE_WORDS: Record<Role, { readonly name: string; readonly may: string }> = {
  viewer: { name: 'Viewer', may: 'Watches the videos of their workspaces' },
  editor: { name: 'Editor', may: 'Uploads, edits, deletes and shares videos, too' },
  operator: { name: 'Operator', may: 'Sees all workspaces, and runs queues and workers, too' },
  admin: { name: 'Administrator', may: 'Does everything here, and manages people and workspaces' },
};
