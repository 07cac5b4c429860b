import * as z from 'zod';

/** `viewer` and `editor` see their workspaces; `operator` and `admin` see all. Each may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'operator', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export function roleAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
