'use client';
import { Icon } from '@transcode/ui';
import { useSyncExternalStore } from 'react';

/** Told once at the top: what stands still, and that nothing is lost. */
export function OfflineBar() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <output className="block">
      {!online && (
        <span className="mx-4 mb-4 flex items-center gap-2 rounded-control border border-amber px-3 py-2 text-small text-amber sm:mx-8">
          <Icon name="offline" />
          You are offline. What you see may be old; uploads go on by themselves when the line is back.
        </span>
      )}
    </output>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
