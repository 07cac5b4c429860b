'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { counted, isTheFilesFault, nounFor, type FailureCause } from '@transcode/contracts';
import { Button, Skeleton, Time } from '@transcode/ui';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { BulkDialog } from '../jobs/bulk-dialog.tsx';
import { beginOf, SPANS, type Span } from '../jobs/job-query.ts';
import { causeWords } from '../jobs/causes.ts';
import { Section } from '../video/section.tsx';
import { replaceParam } from './replace-param.ts';

const LOOK_MS = 10_000;
const RETRY = { kind: 'retry' } as const;
const ALL = { kind: 'filter' } as const;

/** Why jobs failed, most frequent first; one, some or all of a cause can be tried again. */
export function FailureCauses() {
  const trpc = useTRPC();
  const asked = useSearchParams().get('span');
  const span = (Object.keys(SPANS) as Span[]).find((one) => one === asked) ?? '24h';
  const causes = useQuery({
    ...trpc.queues.failures.queryOptions({ hours: SPANS[span].hours }),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_MS,
  });
  const [code, setCode] = useState<string>();
  return (
    <Section title="What failed">
      <select
        aria-label="How far back"
        value={span}
        onChange={(event) => replaceParam('span', event.target.value)}
        className="h-8 w-fit rounded-control border border-line bg-surface px-2 text-small hover:border-edge"
      >
        {Object.entries(SPANS).map(([value, { words }]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {causes.isPending && <Skeleton className="h-24 w-full" />}
      {causes.isError && <p className="text-small text-amber">{explain(causes.error).sentence}</p>}
      {causes.data?.items.length === 0 && <p className="text-small text-ink-3">Nothing failed in this time.</p>}
      {causes.data && causes.data.items.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {causes.data.items.map((cause) => (
            <Cause key={cause.code} cause={cause} span={span} onRetry={() => setCode(cause.code)} />
          ))}
        </ul>
      )}
      <BulkDialog
        deed={code === undefined ? undefined : RETRY}
        selection={ALL}
        filter={() => ({ state: ['failed'], failureCode: code ?? '', endedSince: beginOf(span, new Date()) })}
        onClose={() => setCode(undefined)}
        onDone={() => void causes.refetch()}
      />
    </Section>
  );
}

function Cause({ cause, span, onRetry }: { cause: FailureCause; span: Span; onRetry: () => void }) {
  const { code, count, retryable, more, last } = cause;
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3 text-small" data-cause={code}>
      <span className="flex min-w-0 flex-1 basis-80 gap-6">
        <span className="min-w-12 text-right text-title font-medium">
          {count.toLocaleString('en')}
          {more && '+'}
        </span>
        <span className="min-w-0">
          <span className="block font-medium">{causeWords(code)}</span>
          <span className="block text-ink-2">
            Last, <Time at={last.at} />:{' '}
            <Link href={`/jobs/${last.jobId}`} prefetch={false} className="underline underline-offset-4">
              {last.videoTitle}
            </Link>
            . {last.sentence}
          </span>
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-2">
        <Link
          href={`/jobs?state=failed&cause=${code}&span=${span}`}
          prefetch={false}
          className="px-2 text-accent underline underline-offset-4"
        >
          See the jobs
        </Link>
        {retryable === 0 && <span className="text-ink-3">All were tried again</span>}
        {retryable > 0 && isTheFilesFault(code) && (
          <span className="text-ink-3">
            {nounFor(retryable, 'Its file is', 'Their files are')} at fault: a retry would end the same way
          </span>
        )}
        {retryable > 0 && !isTheFilesFault(code) && (
          <Button small icon="retry" onClick={onRetry}>
            Retry {counted(retryable, 'job')}…
          </Button>
        )}
      </span>
    </li>
  );
}
