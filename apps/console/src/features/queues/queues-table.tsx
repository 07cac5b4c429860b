import type { QueueView } from '@transcode/contracts';
import { formatSpan, Time } from '@transcode/ui';
import type { ReactNode } from 'react';
import { CLASS_WORDS } from './class-words.ts';
import { ControlButtons } from './control-buttons.tsx';
import { StoppedBy } from './stopped-by.tsx';
import { ScrollArea } from '../shell/scroll-area.tsx';

/** One line a class of work. */
export function QueuesTable({ queues }: { queues: readonly QueueView[] }) {
  return (
    <ScrollArea label="Classes of work">
      <table className="w-full min-w-[1080px] text-small">
        <thead className="text-left text-ink-3">
          <tr className="h-8">
            <th className="font-normal">Class</th>
            <th className="pr-6 text-right font-normal">High</th>
            <th className="pr-6 text-right font-normal">Normal</th>
            <th className="pr-6 text-right font-normal">Low</th>
            <th className="pr-6 text-right font-normal">Running</th>
            <th className="pr-6 text-right font-normal">Oldest waits</th>
            <th className="pr-6 text-right font-normal">Done per min</th>
            <th className="pr-6 text-right font-normal">Drained in</th>
            <th className="pr-6 text-right font-normal">Mean wait</th>
            <th className="pr-6 text-right font-normal">Workers</th>
            <th className="font-normal">
              <span className="sr-only">Stop and resume</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <Row key={queue.class} queue={queue} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Row({ queue }: { queue: QueueView }) {
  const { waiting, controls } = queue;
  const scope = `class:${queue.class}` as const;
  const own = controls.find((control) => control.scope === scope);
  const backlog = waiting.high + waiting.normal + waiting.low;
  const isIdle = backlog === 0 && queue.running === 0;
  return (
    <tr className={`h-12 border-t border-line ${isIdle ? 'text-ink-3' : ''}`} data-class={queue.class}>
      <th scope="row" className="pr-6 text-left font-normal">
        <span className="block font-medium text-ink">{queue.class}</span>
        <span className="block whitespace-nowrap text-ink-3">
          {own ? <StoppedBy control={own} /> : CLASS_WORDS[queue.class]}
        </span>
      </th>
      <Figure>{count(waiting.high)}</Figure>
      <Figure>{count(waiting.normal)}</Figure>
      <Figure>{count(waiting.low)}</Figure>
      <Figure title={queue.resting > 0 ? `${queue.resting} of those that wait rest after a failure` : undefined}>
        {count(queue.running)}
      </Figure>
      <Figure>{queue.oldestQueuedAt ? <Time at={queue.oldestQueuedAt} /> : '–'}</Figure>
      <Figure title="Over the last 10 minutes">{rate(queue.donePerMinute)}</Figure>
      <Figure>{drainWords(queue, backlog)}</Figure>
      <Figure title="Of what ended in the last 10 minutes">
        {queue.meanWaitSeconds === null ? '–' : waitWords(queue.meanWaitSeconds)}
      </Figure>
      <Figure>
        {queue.ableWorkers === 0 && backlog > 0 ? (
          <span className="text-amber">none can</span>
        ) : (
          count(queue.ableWorkers)
        )}
      </Figure>
      <td>
        <span className="flex justify-end gap-1">
          <ControlButtons scope={scope} what={`the class ${queue.class}`} control={own} running={queue.running} />
        </span>
      </td>
    </tr>
  );
}

function Figure({ children, title }: { children: ReactNode; title?: string | undefined }) {
  return (
    <td className="pr-6 text-right whitespace-nowrap" title={title}>
      {children}
    </td>
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function rate(value: number): string {
  return value === 0 ? '0' : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

function waitWords(seconds: number): string {
  return seconds < 1 ? 'under 1 s' : formatSpan(seconds);
}

/** Without a rate nobody knows. */
function drainWords({ secondsToDrain }: QueueView, backlog: number): string {
  if (backlog === 0) return '–';
  return secondsToDrain === null ? 'unknown' : formatSpan(secondsToDrain);
}
