import { roleAtLeast, type Role } from '@transcode/contracts';
import type { Theme } from '../../lib/theme.ts';
import { TABS } from '../settings/tabs.ts';

/** What an action does: leads somewhere, changes the theme, or what only the page can. */
export type Act = { readonly href: string } | { readonly theme: Theme } | 'upload' | 'signOut';

export interface Action {
  readonly words: string;
  /** What people call it, too. */
  readonly also: readonly string[];
  /** Who may do it; the API decides. */
  readonly role: Role;
  readonly act: Act;
}

const ACTIONS: readonly Action[] = [
  { words: 'Upload files', also: ['add', 'new video', 'import', 'send'], role: 'editor', act: 'upload' },
  {
    ...{ words: 'Look at what failed, and retry it', also: ['retry', 'failed', 'errors', 'again'], role: 'editor' },
    act: { href: '/jobs?state=failed' },
  },
  { words: 'New preset', also: ['ladder', 'rungs', 'make', 'create'], role: 'editor', act: { href: '/presets/new' } },
  {
    ...{ words: 'Make or revoke an API key', also: ['token', 'create', 'new'], role: 'editor' },
    act: { href: '/settings/keys' },
  },
  {
    ...{ words: 'Pause, drain or resume work', also: ['stop', 'hold', 'start', 'queues'], role: 'operator' },
    act: { href: '/queues' },
  },
  {
    ...{ words: 'Pause or drain a worker', also: ['stop', 'hold', 'resume', 'restart'], role: 'operator' },
    act: { href: '/workers' },
  },
  {
    ...{ words: 'Add a user or change a role', also: ['people', 'account', 'invite', 'member'], role: 'admin' },
    act: { href: '/settings/users' },
  },
  { words: 'Dark theme', also: ['night', 'mode', 'colours', 'appearance'], role: 'viewer', act: { theme: 'dark' } },
  { words: 'Light theme', also: ['day', 'mode', 'colours', 'appearance'], role: 'viewer', act: { theme: 'light' } },
  { words: 'Theme as the system', also: ['mode', 'dark', 'light'], role: 'viewer', act: { theme: 'system' } },
  { words: 'Change the password', also: ['security'], role: 'viewer', act: { href: '/change-password' } },
  {
    words: 'Read the API documentation',
    also: ['help', 'rest', 'openapi'],
    role: 'viewer',
    act: { href: '/api/docs' },
  },
  { words: 'Sign out', also: ['log out', 'leave', 'quit'], role: 'viewer', act: 'signOut' },
];

/** Words by which the parts of the settings are looked for. */
const ALSO_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  '/settings/account': ['sessions', 'browsers', 'password', 'signed in'],
  '/settings/keys': ['tokens', 'programs', 'integration'],
  '/settings/users': ['people', 'roles', 'accounts'],
  '/settings/workspaces': ['tenants', 'members', 'teams'],
  '/settings/audit': ['history', 'changes', 'who did it'],
  '/settings/alerts': ['test alert', 'Alertmanager', 'Slack', 'PagerDuty', 'monitoring'],
  '/settings/limits': ['quota', 'sizes', 'days kept'],
};

/** What somebody of a role can do by name. */
export function actionsFor(role: Role): Action[] {
  return ACTIONS.filter((action) => roleAtLeast(role, action.role));
}

/** The parts of the settings that somebody of a role has. */
export function settingsFor(role: Role): Action[] {
  return TABS.filter((tab) => roleAtLeast(role, tab.role)).map(({ href, words, role: least }) => ({
    ...{ words, also: ['settings', ...(ALSO_SETTINGS[href] ?? [])], role: least },
    act: { href },
  }));
}

/** What is to be retried, where the search begins with that: empty for anything. */
export function retryWanted(typed: string): string | undefined {
  const found = /^retry?(?:\s+(.*))?$/i.exec(typed.trim());
  return found === null ? undefined : (found[1] ?? '');
}
