'use client';
import type { Alive } from '@transcode/contracts';
import { useEffect, useState, type ReactNode } from 'react';
import { AwayNotice } from './away-notice.tsx';
import { heldNavigation } from './hold-navigation.ts';
import { ServerWatch } from './server-watch.ts';
import { WatchContext } from './watch-context.ts';

/** Around every page: says when the server is away, and lets nobody walk into the browser's own error page meanwhile. */
export function AwayProvider({ children }: { children: ReactNode }) {
  const [watch] = useState(
    () =>
      new ServerWatch({
        ask: askAlive,
        isOnline: () => navigator.onLine,
        isHidden: () => document.visibilityState === 'hidden',
      }),
  );
  useEffect(() => watch.start(), [watch]);
  useEffect(() => {
    const events: [EventTarget, string][] = [
      [window, 'online'],
      [window, 'offline'],
      [document, 'visibilitychange'],
    ];
    for (const [target, event] of events) target.addEventListener(event, watch.doubt);
    return () => {
      for (const [target, event] of events) target.removeEventListener(event, watch.doubt);
    };
  }, [watch]);
  useEffect(() => {
    const own = window.fetch;
    window.fetch = heldNavigation(own.bind(window), watch);
    return () => {
      window.fetch = own;
    };
  }, [watch]);
  return (
    <WatchContext value={watch}>
      <AwayNotice />
      {children}
    </WatchContext>
  );
}

/** What the server says of itself; undefined where it, or who stands before it, does not answer. */
async function askAlive(signal: AbortSignal): Promise<Alive | undefined> {
  try {
    const answer = await fetch('/alive', { cache: 'no-store', signal });
    // One from before this page, or with this address closed, is there all the same.
    if (!answer.ok) return answer.status >= 500 ? undefined : { data: true, pages: true };
    // Without a schema, whose library would be a good part of every page.
    const { data, pages } = (await answer.json()) as Partial<Alive>;
    return { data: data !== false, pages: pages !== false };
  } catch {
    return undefined;
  }
}
