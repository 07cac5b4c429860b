import type { GpuView } from '@transcode/contracts';
import { useId } from 'react';
import { Slot } from '../workers/slot.tsx';
import { GpuCharts } from './gpu-charts.tsx';
import { gpuFigures } from './gpu-figures.ts';

/** One GPU: how it is, how it was, and what runs on its machine. */
export function GpuCard({ gpu }: { gpu: GpuView }) {
  const id = useId();
  const { name, index, host, uuid, workers, tasks } = gpu;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-t border-line pt-4">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 id={id} className="font-medium">
          {name}
        </h2>
        <p className="text-small text-ink-3">
          {host} · number {index} · <span className="font-mono">{uuid}</span>
        </p>
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-small sm:grid-cols-4 lg:grid-cols-7">
        {gpuFigures(gpu.sample).map(({ words, value, exact }) => (
          <div key={words} className="flex flex-col">
            <dt className="text-ink-3">{words}</dt>
            <dd className={value === null ? 'text-ink-3' : 'font-medium'} title={exact}>
              {value ?? 'not told'}
            </dd>
          </div>
        ))}
      </dl>
      <GpuCharts gpu={gpu} />
      <div>
        <h3 className="text-small text-ink-2">On its machine now, by {workers.join(', ')}</h3>
        <div className="text-small">
          {tasks.length === 0 && <p className="flex h-8 items-center text-ink-3">Nothing is under way.</p>}
          {tasks.map((task) => (
            <Slot key={task.id} task={task} held={false} />
          ))}
        </div>
      </div>
    </section>
  );
}
