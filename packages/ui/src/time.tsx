'use client';
import { useEffect, useState } from 'react';
import { formatAgo, formatMoment } from './format-time.ts';

const MINUTE_MS = 60_000;

/** When something was: how long ago in words, the exact moment in the viewer's zone on hover and to who cannot hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const exact = formatMoment(at);
  return (
    // The server's clock and zone are others.
    <time dateTime={at} title={exact} className={className} suppressHydrationWarning>
      {formatAgo(at, now)}
    </time>
  );
}
