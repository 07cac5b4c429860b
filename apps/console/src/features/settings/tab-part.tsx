import { useId, type ReactNode } from 'react';

interface TabPartProps {
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly about: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of the settings with its one main action. */
export function TabPart({ title, about, action, children }: TabPartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 pb-10">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex max-w-[64ch] flex-col gap-1">
          <h2 id={id} className="text-body font-medium">
            {title}
          </h2>
          <p className="text-small text-ink-3">{about}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
