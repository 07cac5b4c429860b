'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Notice } from './upload-notices.ts';

const KEY = 'background-notices';
const listeners = new Set<() => void>();

type Choice = 'on' | 'off' | 'blocked' | 'none';

/** Whether the browser itself tells notices while nobody looks at the page: only once somebody has asked for it. */
export function useBackgroundChoice(): { readonly choice: Choice; readonly toggle: () => Promise<void> } {
  const choice = useSyncExternalStore(subscribe, choiceNow, () => 'none' as const);
  const toggle = async () => {
    if (choice === 'on') localStorage.removeItem(KEY);
    else if ((await Notification.requestPermission()) === 'granted') localStorage.setItem(KEY, 'on');
    for (const listener of listeners) listener();
  };
  return { choice, toggle };
}

/** Tells each new notice through the browser while the page is in the background. */
export function useBackgroundNotices(notices: readonly Notice[], open: (notice: Notice) => void): void {
  const told = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const before = told.current;
    told.current = new Set(notices.map(({ key }) => key));
    if (!document.hidden || choiceNow() !== 'on') return;
    for (const notice of notices.filter(({ key }) => !before.has(key))) {
      const shown = new Notification('Transcode', { body: notice.words, tag: notice.key });
      shown.addEventListener('click', () => {
        window.focus();
        open(notice);
      });
    }
  }, [notices, open]);
}

/** Browsers offer it to pages that came over HTTPS, or from this machine. */
function choiceNow(): Choice {
  if (!window.isSecureContext || !('Notification' in window)) return 'none';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && localStorage.getItem(KEY) === 'on' ? 'on' : 'off';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
