'use client';
import { useEffect, useState, type RefObject } from 'react';

const COPIED_MS = 2_000;

/** Copies a text that is shown in an element, and says for a moment how that went. */
export function useCopy(
  text: string,
  shown: RefObject<HTMLElement | null>,
): { readonly said: string | undefined; readonly copy: () => void } {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), COPIED_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // Without https the clipboard is closed to pages: the text is marked, one key press is left to do.
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      setSaid('Marked: press Ctrl C');
    }
  };
  return { said, copy: () => void copy() };
}
