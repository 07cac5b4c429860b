'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Another page begins at its top, whatever stands first in it and however much of it is there yet: by itself Next leaves a page that was
 * reached from a scrolled list at its end. Where one goes back to, the browser knows the place.
 */
export function BeginAtTop() {
  const path = usePathname();
  const shown = useRef(path);
  const backTo = useRef<string>(undefined);
  useEffect(() => {
    const onPopState = () => {
      backTo.current = window.location.pathname;
    };
    window.addEventListener('popstate', onPopState);
    return () => window.removeEventListener('popstate', onPopState);
  }, []);
  useLayoutEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    if (backTo.current !== path) window.scrollTo(0, 0);
    backTo.current = undefined;
  }, [path]);
  return null;
}
