'use client';
import { Dialog } from '@transcode/ui';
import { Keys } from './keys.tsx';
import { useAllShortcuts } from './shortcuts.tsx';

/** Every shortcut that does something here and now. */
export function CheatSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const shortcuts = useAllShortcuts();
  return (
    <Dialog open={open} title="Keyboard shortcuts" onClose={onClose}>
      <dl className="mt-4 flex flex-col">
        {shortcuts.map(({ keys, words }) => (
          <div
            key={keys}
            className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0"
          >
            <dt className="text-small">{words}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
