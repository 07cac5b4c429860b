import '@fontsource-variable/geist-mono';
import '@fontsource-variable/hanken-grotesk';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { AwayProvider } from '../features/away/away-provider.tsx';
import { parseTheme, THEME_COOKIE } from '../lib/theme.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Transcode', template: '%s · Transcode' } };
export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <body>
        <AwayProvider>{children}</AwayProvider>
      </body>
    </html>
  );
}
