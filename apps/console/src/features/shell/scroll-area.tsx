import type { ReactNode } from 'react';

/** A keyboard scrolls only what it can reach. */
export const REACHABLE = { tabIndex: 0 } as const;

/** Something wide that scrolls by itself where the window is narrower. */
export function ScrollArea({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="relative overflow-x-auto focus-visible:outline-offset-[-2px]" {...REACHABLE}>
      {children}
    </section>
  );
}
