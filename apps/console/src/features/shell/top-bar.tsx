'use client';
import type { MeView } from '@transcode/contracts';
import { Button } from '@transcode/ui';
import Link from 'next/link';
import type { Theme } from '../../lib/theme.ts';
import { AccountMenu } from '../account/account-menu.tsx';
import { PaletteButton } from '../command/palette-button.tsx';
import { BellWhenNeeded } from '../notices/bell-when-needed.tsx';
import { PresetMenu } from '../uploads/preset-menu.tsx';
import { useChooseFiles } from '../uploads/use-choose-files.tsx';
import { SectionNav } from './section-nav.tsx';
import { Wordmark } from './wordmark.tsx';

export function TopBar({ me, theme, mayEdit }: { me: MeView; theme: Theme; mayEdit: boolean }) {
  const choose = useChooseFiles();
  return (
    <header className="flex h-16 items-center gap-2 px-4 sm:gap-4 sm:px-8">
      <Link href="/" aria-label="Transcode, all videos" className="flex rounded-control py-2">
        <Wordmark compact />
      </Link>
      <SectionNav role={me.role} />
      <div className="flex-1" />
      <PaletteButton />
      {mayEdit && (
        <>
          <span className="hidden text-small text-ink-3 xl:inline">Drop files anywhere</span>
          <div className="flex">
            <Button kind="primary" icon="upload" className="rounded-r-none" onClick={choose}>
              <span className="max-sm:sr-only">Upload</span>
            </Button>
            <PresetMenu />
          </div>
        </>
      )}
      <BellWhenNeeded />
      <AccountMenu me={me} theme={theme} />
    </header>
  );
}
