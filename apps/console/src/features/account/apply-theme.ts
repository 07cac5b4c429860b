import { useSyncExternalStore } from 'react';
import { parseTheme, THEME_COOKIE, type Theme } from '../../lib/theme.ts';

const YEAR_SECONDS = 365 * 86_400;

const listeners = new Set<() => void>();

/** Shows the theme at once and remembers it for a year. */
export function applyTheme(theme: Theme): void {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

/** The theme as the page has it, whoever changed it; `initial` while the server draws it. */
export function useTheme(initial: Theme): Theme {
  return useSyncExternalStore(
    subscribe,
    () => parseTheme(document.documentElement.dataset['theme']),
    () => initial,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
