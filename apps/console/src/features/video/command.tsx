'use client';
import { Button } from '@transcode/ui';
import { useRef } from 'react';
import { useCopy } from './use-copy.ts';

/** A command to read and to copy. */
export function Command({ text }: { text: string }) {
  const code = useRef<HTMLPreElement>(null);
  const { said, copy } = useCopy(text, code);
  return (
    <div className="relative rounded-control bg-well">
      <pre
        ref={code}
        className="max-h-80 overflow-auto p-3 pr-24 font-mono text-small whitespace-pre-wrap focus-visible:outline-offset-[-2px]"
      >
        {text}
      </pre>
      <Button small className="absolute top-2 right-2" onClick={copy}>
        <span aria-live="polite">{said ?? 'Copy'}</span>
      </Button>
    </div>
  );
}
