import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Shell } from '../../features/shell/shell.tsx';
import { parseTheme, THEME_COOKIE } from '../../lib/theme.ts';
import { requireMe } from '../../server/me.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const me = await requireMe();
  if (me.mustChangePassword) redirect('/change-password');
  return (
    <Shell me={me} theme={parseTheme((await cookies()).get(THEME_COOKIE)?.value)}>
      {children}
    </Shell>
  );
}
