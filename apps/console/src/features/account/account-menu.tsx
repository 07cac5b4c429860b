'use client';
import type { MeView } from '@transcode/contracts';
import { Icon, Menu, MenuItem, MenuLabel } from '@transcode/ui';
import { THEMES, type Theme } from '../../lib/theme.ts';
import { ROLE_WORDS } from '../settings/role-words.ts';
import { applyTheme, useTheme } from './apply-theme.ts';
import { leave } from './leave.ts';

const THEME_WORDS: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

export function AccountMenu({ me, theme: initial }: { me: MeView; theme: Theme }) {
  const theme = useTheme(initial);
  return (
    <Menu
      label="Account"
      trigger={<Icon name="user" />}
      triggerClassName="inline-flex size-10 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
    >
      {me.user && (
        <div className="border-b border-line px-3 py-2">
          <div className="text-small font-medium">{me.user.name}</div>
          <div className="text-small text-ink-3">
            {me.user.email} · {ROLE_WORDS[me.role].name}
          </div>
        </div>
      )}
      <MenuLabel>Theme</MenuLabel>
      {THEMES.map((one) => (
        <MenuItem key={one} checked={one === theme} onSelect={() => applyTheme(one)}>
          {THEME_WORDS[one]}
        </MenuItem>
      ))}
      <div className="mt-1 border-t border-line pt-1">
        <MenuItem href="/settings/account">Account and sessions</MenuItem>
        <MenuItem href="/api/docs">API documentation</MenuItem>
        <MenuItem href="/change-password">Change the password</MenuItem>
        <MenuItem onSelect={() => void leave()}>Sign out</MenuItem>
      </div>
    </Menu>
  );
}
