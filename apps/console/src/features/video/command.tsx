'use client';
import { Button } from '@transcode/ui';
import { useEffect, useRef, useState } from 'react';

const COPIED_MS = 2_000;

/** A command to read and to copy. */
export function Command({ text }: { text: string }) {
  const code = useRef<HTMLPreElement>(null);
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
      if (code.current) getSelection()?.selectAllChildren(code.current);
      setSaid('Marked: press Ctrl C');
    }
  };
  return (
    <div className="relative rounded-control bg-well">
      <pre
        ref={code}
        className="max-h-80 overflow-auto p-3 pr-24 font-mono text-small whitespace-pre-wrap focus-visible:outline-offset-[-2px]"
      >
        {text}
      </pre>
      <Button small className="absolute top-2 right-2" onClick={() => void copy()}>
        <span aria-live="polite">{said ?? 'Copy'}</span>
      </Button>
    </div>
  );
}
