'use client';
import { useEffect, type RefObject } from 'react';
import { playerKey } from './player-keys.ts';
import { toggleFullscreen } from './toggle-fullscreen.ts';

/** Keys work while the focus is anywhere in the player; a focused button keeps its own space and arrows. */
export function usePlayerKeys(
  player: RefObject<HTMLElement | null>,
  video: RefObject<HTMLVideoElement | null>,
  frameSeconds: number,
): void {
  useEffect(() => {
    const element = player.current;
    if (!element) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      const isOnButton = target instanceof HTMLElement && target.closest('button, [role="menu"]') !== null;
      const isShortcut = event.metaKey || event.ctrlKey || event.altKey;
      if (!video.current || isShortcut || (isOnButton && !/^[jklmf,.]$/.test(key))) return;
      const fullscreen = () => toggleFullscreen(player.current, video.current);
      const action = key === 'f' ? fullscreen : playerKey(key, video.current, frameSeconds);
      if (!action) return;
      event.preventDefault();
      action();
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [player, video, frameSeconds]);
}
