import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** Something for who wants to know more, folded away. */
export function Disclosure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className="flex min-h-9 list-none items-center gap-2 font-medium hover:text-ink-2 [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-4 -rotate-90 text-ink-3 transition-transform group-open:rotate-0" />
        {title}
      </summary>
      <div className="pt-2 pb-3 sm:pl-6">{children}</div>
    </details>
  );
}
