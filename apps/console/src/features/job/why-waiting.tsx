import { counted, workWords, type WaitReason } from '@transcode/contracts';
import { Time, formatMoment } from '@transcode/ui';
import Link from 'next/link';
import { Section } from '../video/section.tsx';

/** Held by hand or for want of a worker: somebody has to do something. */
const HELD = new Set<WaitReason['kind']>(['stopped', 'no_worker', 'workers_stopped', 'quarantined', 'encoder']);

/** The answer that the API gave from what is true right now. */
export function WhyWaiting({ reasons, isOperator }: { reasons: readonly WaitReason[]; isOperator: boolean }) {
  return (
    <Section title="Why is this waiting?">
      <ul className="flex max-w-[80ch] flex-col gap-2" aria-live="polite">
        {reasons.map(({ kind, class: taskClass, tasks, sentence, at }) => (
          <li key={taskClass} data-wait={kind} className="flex flex-wrap gap-x-3 border-l-2 border-edge pl-3">
            <span className={HELD.has(kind) ? 'text-amber' : ''}>{sentence}</span>
            <span className="text-small leading-6 text-ink-3">
              {counted(tasks, 'task')} of {workWords(taskClass)}
              {at !== null && kind === 'backoff' && `, until ${formatMoment(at)}`}
              {at !== null && kind !== 'backoff' && (
                <>
                  , since <Time at={at} />
                </>
              )}
            </span>
            {isOperator && HELD.has(kind) && (
              <Link href="/queues" className="text-small leading-6 text-accent underline underline-offset-4">
                Open the queues
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
