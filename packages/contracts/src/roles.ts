// Without zod, for pages that only compare them.

/** `viewer` and `editor` see their workspaces; `operator` and `admin` see all. Each may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'operator', 'admin'] as const;

export function roleAtLeast(role: (typeof ROLES)[number], least: (typeof ROLES)[number]): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
