'use client';
import { useMemo, type RefObject } from 'react';
import { useShortcuts } from '../command/shortcuts.tsx';
import { playerKeys } from './player-keys.ts';
import { toggleFullscreen } from './toggle-fullscreen.ts';

/** The page has one player, so its keys are the page's. */
export function usePlayerKeys(
  player: RefObject<HTMLElement | null>,
  video: RefObject<HTMLVideoElement | null>,
  frameSeconds: number,
): void {
  const shortcuts = useMemo(
    () => [
      ...playerKeys(frameSeconds, (act) => () => {
        if (video.current) act(video.current);
      }),
      {
        ...{ keys: 'f', words: 'Full screen', part: 'Player' },
        run: () => toggleFullscreen(player.current, video.current),
      },
    ],
    [player, video, frameSeconds],
  );
  useShortcuts(shortcuts);
}
