import type { WorkerView } from '@transcode/contracts';
import { Disclosure, Time } from '@transcode/ui';
import Link from 'next/link';

/** Workers that stopped, or went silent, within the last hour. */
export function LeftWorkers({ workers }: { workers: readonly WorkerView[] }) {
  if (workers.length === 0) return null;
  return (
    <div className="mt-8">
      <Disclosure title={`${workers.length} ${workers.length === 1 ? 'worker' : 'workers'} left within the last hour`}>
        <ul className="text-small">
          {workers.map(({ id, host, version, stoppedAt, seenAt }) => (
            <li key={id} className="flex min-h-8 flex-wrap items-center gap-x-4 border-t border-line">
              <Link
                href={`/workers/${encodeURIComponent(id)}`}
                prefetch={false}
                className="underline-offset-4 hover:underline"
              >
                {id}
              </Link>
              <span className="text-ink-3">
                {host} · {version}
              </span>
              <span className="ml-auto text-ink-2">
                {stoppedAt === null ? 'silent since ' : 'stopped '}
                <Time at={stoppedAt ?? seenAt} />
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
