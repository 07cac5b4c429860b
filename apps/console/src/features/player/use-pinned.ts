'use client';
import { useState } from 'react';

interface Pin {
  readonly url: string | null;
  /** What the address belongs to. */
  readonly key: string;
}

/** The first address seen for a thing: each snapshot brings a new grant, and what is loaded must not be loaded again for it. */
export function usePinned(url: string | null, key: string): string | null {
  const [pinned, setPinned] = useState<Pin>({ url, key });
  const next = nextPin(pinned, { url, key });
  if (next !== pinned) setPinned(next);
  return next.url;
}

/** It stays as it was, but for another thing, for the first address there is, and where there is nothing any more. */
export function nextPin(pinned: Pin, seen: Pin): Pin {
  return pinned.key === seen.key && (pinned.url === null) === (seen.url === null) ? pinned : seen;
}
