import type { Role } from '@transcode/contracts';

/** What each role may do, for who gives it. */
export const ROLE_WORDS: Record<Role, { readonly name: string; readonly may: string }> = {
  viewer: { name: 'Viewer', may: 'watches the videos of their workspaces' },
  editor: { name: 'Editor', may: 'also uploads, edits, deletes and shares videos' },
  operator: { name: 'Operator', may: 'sees all workspaces, and runs queues and workers' },
  admin: { name: 'Administrator', may: 'also manages people, workspaces and settings' },
};
