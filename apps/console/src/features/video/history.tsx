'use client';
import type { VideoDetail } from '@transcode/contracts';
import { Time } from '@transcode/ui';
import { historyOf } from './history-of.ts';
import { Section } from './section.tsx';

/** What was done, when, and by which worker, newest first. */
export function History({ video }: { video: VideoDetail }) {
  return (
    <Section title="History">
      <ol className="divide-y divide-line border-y border-line text-small">
        {historyOf(video).map(({ key, at, words, bad = false }) => (
          <li key={key} className="flex min-h-8 items-baseline justify-between gap-x-6 py-1.5">
            <span className={bad ? 'text-red' : 'text-ink-2'}>{words}</span>
            <Time at={at} className="shrink-0 text-ink-3" />
          </li>
        ))}
      </ol>
    </Section>
  );
}
