'use client';
import { useEffect, useState, type RefObject } from 'react';

/** What people do first on a page. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll'] as const;
/** Who came here from another page of the console and only looks gets a player that is ready as well, after a while. */
const LOOKING_MS = 4_000;

/**
 * Whether it is time to load what plays: somebody is there, the video was told to play, or somebody who was there before has looked for a while.
 */
export function useIsWanted(video: RefObject<HTMLVideoElement | null>): boolean {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    if (isWanted) return undefined;
    const element = video.current;
    const want = () => setIsWanted(true);
    // A page that nobody has touched yet loads nothing that plays, however long it is open.
    const looking = navigator.userActivation.hasBeenActive ? setTimeout(want, LOOKING_MS) : undefined;
    for (const sign of SIGNS) document.addEventListener(sign, want, { capture: true, passive: true });
    element?.addEventListener('play', want);
    return () => {
      clearTimeout(looking);
      for (const sign of SIGNS) document.removeEventListener(sign, want, { capture: true });
      element?.removeEventListener('play', want);
    };
  }, [isWanted, video]);
  return isWanted;
}
