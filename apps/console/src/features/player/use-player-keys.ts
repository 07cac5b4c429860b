'use client';
import { useEffect, type RefObject } from 'react';
import { playerKey } from './player-keys.ts';
import { toggleFullscreen } from './toggle-fullscreen.ts';

/** What has the keyboard for itself: fields, open menus and dialogs. */
const OWN_KEYS = 'input:not([type="range"]), textarea, select, [role="menu"], dialog';
/** A focused button keeps its space, and a link or a list scrolls by arrows; letters are the player's all the same. */
const KEEPS_ITS_OWN = 'button, a, summary, pre';
const LETTERS = /^[jklmf,.]$/;

/** The page has one player, so its keys work wherever nothing else wants them. */
export function usePlayerKeys(
  player: RefObject<HTMLElement | null>,
  video: RefObject<HTMLVideoElement | null>,
  frameSeconds: number,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (!video.current || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (!(target instanceof Element) || target.closest(OWN_KEYS)) return;
      if (target.closest(KEEPS_ITS_OWN) && !LETTERS.test(key)) return;
      const fullscreen = () => toggleFullscreen(player.current, video.current);
      const action = key === 'f' ? fullscreen : playerKey(key, video.current, frameSeconds);
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [player, video, frameSeconds]);
}
