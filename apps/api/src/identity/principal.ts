import type { Role } from '@transcode/contracts';

/** Who asks: a person with a session, or an API key. */
export interface Principal {
  kind: 'user' | 'key';
  id: string;
  role: Role;
  /** Whose things it may see: of people, `viewer` and `editor` those of their workspaces, `operator` and `admin` all; of keys, their reach. */
  workspaceIds: string[] | 'all';
  /** The workspace that an API key belongs to. */
  home?: string;
}

/** A principal with what only the API itself has to know. */
export interface Identity extends Principal {
  /** Absent for an API key. */
  session: { id: string; secretHash: string } | null;
  mustChangePassword: boolean;
}
