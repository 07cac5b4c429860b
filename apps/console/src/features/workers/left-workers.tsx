import { counted, type WorkerView } from '@transcode/contracts';
import { Disclosure, Icon, Time } from '@transcode/ui';
import Link from 'next/link';
import { Successor } from './what-became-of-it.tsx';
import { goneWords } from './worker-words.ts';

/** Workers that went silent within the last hour, open to see; and those that stopped in order. */
export function LeftWorkers({ workers }: { workers: readonly WorkerView[] }) {
  const gone = workers.filter((worker) => worker.gone !== null);
  const stopped = workers.filter((worker) => worker.gone === null);
  return (
    <>
      <GoneWorkers workers={gone} />
      <StoppedWorkers workers={stopped} />
    </>
  );
}

function GoneWorkers({ workers }: { workers: readonly WorkerView[] }) {
  if (workers.length === 0) return null;
  return (
    <section aria-label="Workers that are gone" className="mt-8">
      <h2 className="pb-2 font-medium">{counted(workers.length, 'worker')} gone without a word</h2>
      <ul className="text-small">
        {workers.map(
          ({ id, host, gone }) =>
            gone !== null && (
              <li
                key={id}
                data-gone-worker={id}
                className="flex min-h-8 flex-wrap items-center gap-x-4 border-t border-line py-1"
              >
                <Icon name="alert" className="size-3.5 text-red" />
                <Link
                  href={`/workers/${encodeURIComponent(id)}`}
                  prefetch={false}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  {id}
                </Link>
                <span className="text-ink-3">{host}</span>
                <span className="text-red">
                  Gone since <Time at={gone.since} />: {goneWords(gone)}
                </span>
                <span className="text-ink-2 md:ml-auto">
                  {gone.successor === null ? (
                    'Not started again'
                  ) : (
                    <>
                      Restarted as <Successor id={gone.successor} />
                    </>
                  )}
                </span>
              </li>
            ),
        )}
      </ul>
    </section>
  );
}

function StoppedWorkers({ workers }: { workers: readonly WorkerView[] }) {
  if (workers.length === 0) return null;
  return (
    <div className="mt-8">
      <Disclosure title={`${counted(workers.length, 'worker')} stopped within the last hour`}>
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
                stopped <Time at={stoppedAt ?? seenAt} />
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
