'use client';
import { useState } from 'react';

/** The first address seen for a thing: each snapshot brings a new grant, and what is loaded must not be loaded again for it. */
export function usePinned(url: string | null, key: string): string | null {
  const [pinned, setPinned] = useState({ url, key });
  if (pinned.key === key && (pinned.url !== null || url === null)) return pinned.url;
  setPinned({ url, key });
  return url;
}
