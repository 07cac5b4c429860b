import type { Role } from '@transcode/contracts';

interface Tab {
  readonly href: string;
  readonly words: string;
  readonly role: Role;
}

/** The parts of the settings; each has its own address. */
export const TABS: readonly Tab[] = [
  { href: '/settings/account', words: 'Account and sessions', role: 'viewer' },
  { href: '/settings/keys', words: 'API keys', role: 'editor' },
  { href: '/settings/users', words: 'Users', role: 'admin' },
  { href: '/settings/workspaces', words: 'Workspaces', role: 'admin' },
  { href: '/settings/audit', words: 'Audit log', role: 'admin' },
  { href: '/settings/erasures', words: 'Erasures', role: 'admin' },
  { href: '/settings/alerts', words: 'Alerts', role: 'admin' },
  { href: '/settings/limits', words: 'Limits and retention', role: 'admin' },
];
