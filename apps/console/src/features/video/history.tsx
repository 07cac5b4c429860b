'use client';
import { useQuery } from '@tanstack/react-query';
import type { VideoDetail } from '@transcode/contracts';
import { Time } from '@transcode/ui';
import { useEffect, useRef } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { historyOf } from './history-of.ts';
import { Section } from './section.tsx';

/** What was done, when, by whom and by which worker, newest first. */
export function History({ video }: { video: VideoDetail }) {
  const trpc = useTRPC();
  const { id, state, jobId, title } = video;
  const { data: deeds, refetch } = useQuery(trpc.videos.history.queryOptions({ id }));
  // What people do to it shows in one of these.
  const shown = JSON.stringify([state, jobId, title]);
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (asked.current === shown) return;
    asked.current = shown;
    void refetch({ cancelRefetch: false });
  }, [shown, refetch]);
  return (
    <Section title="History">
      <ol className="divide-y divide-line border-y border-line text-small">
        {historyOf(video, deeds?.items).map(({ key, at, words, bad = false }) => (
          <li key={key} className="flex min-h-8 items-baseline justify-between gap-x-6 py-1.5">
            <span className={bad ? 'text-red' : 'text-ink-2'}>{words}</span>
            <Time at={at} className="shrink-0 text-ink-3" />
          </li>
        ))}
      </ol>
    </Section>
  );
}
