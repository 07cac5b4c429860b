'use client';
import { Dialog } from '@transcode/ui';
import { Fragment } from 'react';
import { Keys } from './keys.tsx';
import { useAllShortcuts } from './shortcuts.tsx';

/** Every shortcut that does something here and now. */
export function CheatSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const parts = [...Map.groupBy(useAllShortcuts(), ({ part }) => part)];
  return (
    <Dialog open={open} title="Keyboard shortcuts" onClose={onClose}>
      <div className="mt-4 flex max-h-[70dvh] flex-col overflow-y-auto">
        {parts.map(([part, shortcuts]) => (
          <Fragment key={part ?? ''}>
            {part !== undefined && <h3 className="pt-4 pb-1 text-small text-ink-3">{part}</h3>}
            <dl className="flex flex-col">
              {[...Map.groupBy(shortcuts, ({ words }) => words)].map(([words, alike]) => (
                <div
                  key={words}
                  className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-0"
                >
                  <dt className="text-small">{words}</dt>
                  <dd className="flex items-center gap-2">
                    {alike.map(({ keys }) => (
                      <Keys key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </Fragment>
        ))}
      </div>
    </Dialog>
  );
}
