import { THEME_COOKIE, type Theme } from '../../lib/theme.ts';

const YEAR_SECONDS = 365 * 86_400;

/** Shows the theme at once and remembers it for a year. */
export function applyTheme(theme: Theme): void {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
