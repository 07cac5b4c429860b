'use client';
import type { MeView } from '@transcode/contracts';
import { roleAtLeast } from '@transcode/contracts';
import { ToastProvider } from '@transcode/ui';
import type { ReactNode } from 'react';
import { ApiProvider } from '../../lib/api-provider.tsx';
import type { Theme } from '../../lib/theme.ts';
import { HoldLinks } from '../away/hold-links.tsx';
import { Commands } from '../command/commands.tsx';
import { ShortcutsProvider } from '../command/shortcuts.tsx';
import { LiveProvider } from '../live/live-provider.tsx';
import { DropAnywhere } from '../uploads/drop-anywhere.tsx';
import { TrayWhenNeeded } from '../uploads/tray-when-needed.tsx';
import { UploadsProvider } from '../uploads/uploads-provider.tsx';
import { ChooseFilesProvider } from '../uploads/use-choose-files.tsx';
import { BeginAtTop } from './begin-at-top.tsx';
import { MeProvider } from './me-context.tsx';
import { TopBar } from './top-bar.tsx';

/** Everything that stays while the pages change: the bar, the uploads, the line to the server. */
export function Shell({ me, theme, children }: { me: MeView; theme: Theme; children: ReactNode }) {
  const mayEdit = roleAtLeast(me.role, 'editor');
  return (
    <ApiProvider>
      <MeProvider me={me}>
        <ToastProvider>
          <ShortcutsProvider>
            <UploadsProvider>
              <ChooseFilesProvider>
                <LiveProvider>
                  <a
                    href="#main"
                    className="sr-only z-50 bg-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:p-3"
                  >
                    Skip to the content
                  </a>
                  <TopBar me={me} theme={theme} mayEdit={mayEdit} />
                  <HoldLinks />
                  <BeginAtTop />
                  <main id="main" className="px-4 pb-40 sm:px-8">
                    {children}
                  </main>
                  {mayEdit && <DropAnywhere />}
                  <TrayWhenNeeded />
                  <Commands />
                </LiveProvider>
              </ChooseFilesProvider>
            </UploadsProvider>
          </ShortcutsProvider>
        </ToastProvider>
      </MeProvider>
    </ApiProvider>
  );
}
