import type { ReactNode } from 'react';

/** Says what a place is for, or what went wrong with it, and offers the first step. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 py-12 sm:items-center sm:text-center">
      <h2 className="text-title font-medium">{title}</h2>
      {children && <div className="max-w-[52ch] text-balance text-ink-2">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
