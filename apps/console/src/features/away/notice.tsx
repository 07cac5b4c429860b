'use client';
import { Icon, type IconName } from '@transcode/ui';
import { useEffect, useRef, type ReactNode } from 'react';

/** Stands over everything, dialogs and a player on the whole screen included, and moves nothing under the pointer. */
export function Notice({ icon, children }: { icon: IconName; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.showPopover(), []);
  return (
    <div
      ref={ref}
      popover="manual"
      // On a phone the bottom belongs to the uploads.
      className="inset-x-2 top-16 bottom-auto m-0 w-auto max-w-[560px] items-start gap-2 rounded-panel border border-amber bg-raised px-4 py-2 text-small text-ink shadow-float open:flex sm:top-auto sm:right-auto sm:bottom-6 sm:left-6"
    >
      <Icon name={icon} className="mt-px size-4 text-amber" />
      <span>{children}</span>
    </div>
  );
}
