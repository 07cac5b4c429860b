'use client';
import type { MeView } from '@transcode/contracts';
import { Button } from '@transcode/ui';
import Link from 'next/link';
import type { Theme } from '../../lib/theme.ts';
import { AccountMenu } from '../account/account-menu.tsx';
import { useChooseFiles } from '../uploads/use-choose-files.tsx';
import { SectionNav } from './section-nav.tsx';
import { Wordmark } from './wordmark.tsx';

export function TopBar({ me, theme, mayEdit }: { me: MeView; theme: Theme; mayEdit: boolean }) {
  const choose = useChooseFiles();
  return (
    <header className="flex h-16 items-center gap-4 px-4 sm:px-8">
      <Link href="/" aria-label="Transcode, all videos" className="rounded-control py-2">
        <Wordmark short />
      </Link>
      <SectionNav role={me.role} />
      <div className="flex-1" />
      {mayEdit && (
        <>
          <span className="hidden text-small text-ink-3 md:inline">Drop files anywhere</span>
          <Button kind="primary" icon="upload" onClick={choose}>
            Upload
          </Button>
        </>
      )}
      <AccountMenu me={me} theme={theme} />
    </header>
  );
}
