'use client';
import { useEffect, useState, type RefObject } from 'react';

/** What people do first on a page. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;
/** Who only looks gets a player that is ready as well, once the page has come to rest. */
const REST_MS = 4_000;

/** Whether it is time to load what plays: somebody is there, the video was told to play, or the page has been at rest for a while. */
export function useIsWanted(video: RefObject<HTMLVideoElement | null>): boolean {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    if (isWanted) return undefined;
    const element = video.current;
    const want = () => setIsWanted(true);
    const rest = setTimeout(want, REST_MS);
    for (const sign of SIGNS) document.addEventListener(sign, want, { capture: true, passive: true });
    element?.addEventListener('play', want);
    return () => {
      clearTimeout(rest);
      for (const sign of SIGNS) document.removeEventListener(sign, want, { capture: true });
      element?.removeEventListener('play', want);
    };
  }, [isWanted, video]);
  return isWanted;
}
