'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { isWithin, SECTIONS } from '../shell/sections.ts';
import { useServerWatch } from './watch-context.ts';

/**
 * Links that the browser would follow by itself, such as those in menus. Within the console the router takes them, which keeps what is
 * under way on this page and waits for the server; another page is left for once the server is there.
 */
export function HoldLinks() {
  const router = useRouter();
  const watch = useServerWatch();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const url = plainlyFollowed(event);
      if (url === undefined) return;
      const isInside = SECTIONS.some((section) => isWithin(url.pathname, section));
      if (!isInside && watch.standing().trouble === undefined) return;
      event.preventDefault();
      if (isInside) router.push(url.pathname + url.search + url.hash);
      else void watch.whenWell().then(() => window.location.assign(url));
    };
    // Last of all, when whoever wanted it had it.
    window.addEventListener('click', onClick);
    return () => window.removeEventListener('click', onClick);
  }, [router, watch]);
  return null;
}

/** Where this click leads, if it is a link of this site that opens in this window. */
function plainlyFollowed(event: MouseEvent): URL | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.href === '' || link.hasAttribute('download') || link.target !== '') return undefined;
  const url = new URL(link.href);
  const isHere = url.pathname === window.location.pathname && url.search === window.location.search && url.hash !== '';
  return url.origin === window.location.origin && !isHere ? url : undefined;
}
