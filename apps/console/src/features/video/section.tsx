import { useId, type ReactNode } from 'react';

/** A titled part of the page. */
export function Section({ title, note, children }: { title: string; note?: string | undefined; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 id={id} className="font-medium">
          {title}
        </h2>
        {note && <p className="text-small text-ink-3">{note}</p>}
      </div>
      {children}
    </section>
  );
}
