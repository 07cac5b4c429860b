'use client';
import { Icon } from '@transcode/ui';
import { useCopy } from '../shell/use-copy.ts';

/** An id that logs, the API and other people know something by. `what` it is of: `job`, `trace`. */
export function CopyId({ id, what }: { id: string; what: string }) {
  const { said, copy } = useCopy();
  return (
    <button
      type="button"
      onClick={() => void copy(id)}
      title={`Copy the id of this ${what}`}
      className="inline-flex items-center gap-1.5 rounded-control font-mono text-small text-ink-3 hover:text-ink"
    >
      <span className="max-w-[22ch] truncate select-all sm:max-w-none">{id}</span>
      <Icon name="copy" className="size-3.5" />
      <span className="sr-only">Copy the {what}’s id</span>
      <span aria-live="polite" className="font-sans">
        {said}
      </span>
    </button>
  );
}
