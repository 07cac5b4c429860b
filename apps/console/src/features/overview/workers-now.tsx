import type { OverviewView } from '@transcode/contracts';
import Link from 'next/link';
import { Strip } from '@transcode/ui';
import { Section } from '../video/section.tsx';
import { WorkerState } from '../workers/worker-state.tsx';

const SHOWN = 8;

/** Who works, each as a strip of its slots. */
export function WorkersNow({ workers }: { workers: OverviewView['workers'] }) {
  const busy = workers.filter(({ tasks }) => tasks > 0).length;
  const note = workers.length === 0 ? undefined : `${busy} of ${workers.length} in work`;
  return (
    <Section title="Workers" {...(note !== undefined && { note })}>
      {workers.length === 0 && <p className="text-small text-ink-3">None is there: videos wait.</p>}
      <ul className="text-small">
        {workers.slice(0, SHOWN).map(({ id, state, tasks, slots }) => (
          <li key={id} className="flex h-8 items-center gap-4 border-t border-line">
            <Link
              href={`/workers/${encodeURIComponent(id)}`}
              prefetch={false}
              className="min-w-0 flex-1 truncate underline-offset-4 hover:underline"
              title={id}
            >
              {id}
            </Link>
            <WorkerState state={state} />
            <div className="w-20 shrink-0 sm:w-32">
              <Strip size="line" decorative cells={cellsOf(tasks, slots, state !== 'active')} />
            </div>
            <span className="w-12 shrink-0 text-right text-ink-2">
              {tasks} / {slots}
            </span>
          </li>
        ))}
      </ul>
      {workers.length > SHOWN && (
        <Link href="/workers" className="text-small text-ink-2 underline underline-offset-4">
          All {workers.length} workers
        </Link>
      )}
    </Section>
  );
}

/** A slot in use is filled whole: how far each task is stands on the workers' own page. */
function cellsOf(tasks: number, slots: number, held: boolean) {
  return Array.from({ length: Math.max(1, slots) }, (_, at) => {
    const state = at >= tasks ? 'waiting' : held ? 'held' : 'running';
    return { state, fraction: at < tasks ? 1 : 0, takenOver: false, seconds: 1 } as const;
  });
}
