'use client';
import { useEffect, useState } from 'react';

const SAID_MS = 2_000;

/** Copies a text, and says for a moment what became of it. */
export function useCopy(): { said: string | undefined; copy: (text: string) => Promise<boolean> } {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
      return true;
    } catch {
      // Without https the clipboard is closed to pages: what is marked is one key press away.
      setSaid('Mark it and press Ctrl C');
      return false;
    }
  };
  return { said, copy };
}
