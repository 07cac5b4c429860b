'use client';
import { startTransition, useEffect, useState, type ReactNode } from 'react';

/** What comes a moment after the rest of its page, in slices, so that the page answers from the first picture on. */
export function Later({ children }: { children: ReactNode }) {
  const [isTime, setIsTime] = useState(false);
  useEffect(() => startTransition(() => setIsTime(true)), []);
  return isTime && children;
}
