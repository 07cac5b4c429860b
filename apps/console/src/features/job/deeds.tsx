import type { DeedView } from '@transcode/contracts';
import { Time } from '@transcode/ui';

/** What people did to this run. */
export function Deeds({ deeds }: { deeds: readonly DeedView[] }) {
  return (
    <ul aria-label="What people did" className="divide-y divide-line border-y border-line text-small">
      {deeds.map(({ id, at, sentence }) => (
        <li key={id} className="flex min-h-8 items-baseline justify-between gap-x-6 py-1.5">
          <span className="text-ink-2">{sentence}</span>
          <Time at={at} className="shrink-0 text-ink-3" />
        </li>
      ))}
    </ul>
  );
}
