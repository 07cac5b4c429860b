import { useId, type ReactNode } from 'react';
import type { Series } from './history-chart.tsx';

const MARKS = {
  alive: 'border-t-2 border-accent',
  second: 'border-t-2 border-dashed border-ink-2',
  quiet: 'border-t-2 border-dotted border-edge',
} as const;

interface FigureProps {
  readonly title: string;
  /** The value now, with its unit. */
  readonly now?: string | undefined;
  readonly series?: readonly Pick<Series, 'words' | 'tone'>[];
  readonly children: ReactNode;
}

/** A chart with its name, what it stands at, and what each line means. */
export function Figure({ title, now, series, children }: FigureProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-baseline gap-x-4 text-small">
        <h3 id={id} className="text-ink-2">
          {title}
        </h3>
        {now !== undefined && <span className="font-medium tabular-nums">{now}</span>}
        {series !== undefined && series.length > 1 && (
          <ul className="ml-auto flex flex-wrap gap-x-4 text-ink-3">
            {series.map(({ words, tone }) => (
              <li key={words} className="flex items-center gap-2">
                <span aria-hidden="true" className={`inline-block w-4 ${MARKS[tone]}`} />
                {words}
              </li>
            ))}
          </ul>
        )}
      </div>
      {children}
    </section>
  );
}
