// Without zod, for pages that only compare them.

/** Of people, `viewer` and `editor` see their workspaces, `operator` and `admin` all. Each may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'operator', 'admin'] as const;

export function roleAtLeast(role: (typeof ROLES)[number], least: (typeof ROLES)[number]): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** What an API key reaches: one workspace, or all of them and with its role what concerns the whole installation. */
export const KEY_REACHES = ['workspace', 'all'] as const;
