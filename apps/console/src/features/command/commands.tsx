'use client';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useMe } from '../shell/me-context.tsx';
import { sectionsFor } from '../shell/sections.ts';
import { CheatSheet } from './cheat-sheet.tsx';
import { Palette } from './palette.tsx';
import { useShortcuts } from './shortcuts.tsx';

/** The palette, the sheet of shortcuts, and the shortcuts that hold everywhere. */
export function Commands() {
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null);
  const router = useRouter();
  const me = useMe();
  const shortcuts = useMemo(
    () => [
      { keys: 'mod+k', words: 'Go to or do', run: () => setOpen('palette') },
      { keys: '?', words: 'Keyboard shortcuts', run: () => setOpen('sheet') },
      ...(me === null ? [] : sectionsFor(me.role)).map(({ href, words, key }) => ({
        keys: `g ${key}`,
        words: `Go to ${words}`,
        run: () => router.push(href),
      })),
    ],
    [me, router],
  );
  useShortcuts(shortcuts);
  const close = () => setOpen(null);
  return (
    <>
      <Palette open={open === 'palette'} onClose={close} />
      <CheatSheet open={open === 'sheet'} onClose={close} />
    </>
  );
}
