import * as z from 'zod';
import { KeyReach, Role } from '../role.ts';
import { Time } from '../time.ts';

const WorkspaceName = z.object({ id: z.uuid(), name: z.string() });

/** An account, as administrators see it. */
export const UserView = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: Role,
  workspaces: z.array(WorkspaceName),
  /** The one-time password has not been changed yet. */
  mustChangePassword: z.boolean(),
  createdAt: Time,
  disabledAt: Time.nullable(),
  /** The last sign-in whose session is still known. */
  signedInAt: Time.nullable(),
});
export type UserView = z.infer<typeof UserView>;

export const WorkspaceView = z.object({
  ...WorkspaceName.shape,
  createdAt: Time,
  members: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: Role })),
});
export type WorkspaceView = z.infer<typeof WorkspaceView>;

/** One of one's own sessions that still hold. */
export const SessionView = z.object({
  id: z.uuid(),
  /** What the browser called itself. */
  userAgent: z.string().nullable(),
  createdAt: Time,
  expiresAt: Time,
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const KeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  role: Role,
  reach: KeyReach,
  /** The one that it reaches; of one that reaches all, where what it makes goes unless told otherwise. */
  workspaceId: z.uuid(),
  /** First characters, to tell keys apart. */
  prefix: z.string(),
  /** The person behind it, without whom it opens nothing; absent where it comes from the machine itself. */
  createdBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** The key that made it, without which it opens nothing; absent where a person did. */
  parentId: z.uuid().nullable(),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
});
export type KeyView = z.infer<typeof KeyView>;

export const MeView = z.object({
  /** Absent for an API key. */
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }).nullable(),
  role: Role,
  workspaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
  mustChangePassword: z.boolean(),
});
export type MeView = z.infer<typeof MeView>;
