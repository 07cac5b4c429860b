import type { MachineWithoutGpu } from '@transcode/contracts';
import { Section } from '../video/section.tsx';

/** Machines of which there is nothing to show, each with why, in a sentence. */
export function MachinesWithout({ machines, alone }: { machines: readonly MachineWithoutGpu[]; alone: boolean }) {
  if (machines.length === 0) return null;
  return (
    <div className={alone ? '' : 'mt-10'}>
      <Section title={alone ? 'No machine here has a GPU to show' : 'Machines without one'}>
        {alone && (
          <p className="max-w-[64ch] text-ink-2">
            Videos are encoded by processors. Once a worker runs on a machine with an NVIDIA driver, its cards are shown
            here.
          </p>
        )}
        <ul className="border-b border-line text-small">
          {machines.map(({ host, workers, reason }) => (
            <li key={host} className="flex min-h-8 flex-wrap items-center gap-x-4 border-t border-line py-1.5">
              <span className="font-medium">{host}</span>
              <span className="text-ink-2">{reason}</span>
              <span className="ml-auto text-ink-3">{workers.join(', ')}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
