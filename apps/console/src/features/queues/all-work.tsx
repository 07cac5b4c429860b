'use client';
import type { QueueView } from '@transcode/contracts';
import { ControlButtons } from './control-buttons.tsx';
import { StoppedBy } from './stopped-by.tsx';

/** Stops everything at once, and says who did. */
export function AllWork({ queues }: { queues: readonly QueueView[] }) {
  const control = queues.flatMap(({ controls }) => controls).find(({ scope }) => scope === 'all');
  const running = queues.reduce((sum, queue) => sum + queue.running, 0);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {control && <StoppedBy control={control} what="All work" running={running} />}
      <ControlButtons scope="all" what="all work" control={control} running={running} named />
    </div>
  );
}
