import { classWords, workWords, type QueueView } from '@transcode/contracts';
import { formatSpan, Time } from '@transcode/ui';
import type { ReactNode } from 'react';
import { doneInWords, isHeld } from '../outlook/outlook-words.ts';
import { CLASS_PURPOSES } from './class-purposes.ts';
import { ControlButtons } from './control-buttons.tsx';
import { StoppedBy } from './stopped-by.tsx';
import '../shell/block-table.css';
import './queues.css';

/** One line a class of work. */
export function QueuesTable({ queues }: { queues: readonly QueueView[] }) {
  return (
    <table aria-label="Classes of work" className="block-table queue-table">
      <thead>
        <tr>
          <th>Class</th>
          {FIGURES.map((label) => (
            <th key={label} className="block-figure">
              {label}
            </th>
          ))}
          <th>
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
  );
}

const FIGURES = [
  'High',
  'Normal',
  'Low',
  'Running',
  'Oldest waits',
  'Done per min',
  'Done in',
  'Mean wait',
  'Workers',
] as const;

function Row({ queue }: { queue: QueueView }) {
  const { waiting, controls } = queue;
  const scope = `class:${queue.class}` as const;
  const own = controls.find((control) => control.scope === scope);
  const backlog = waiting.high + waiting.normal + waiting.low;
  const isIdle = backlog === 0 && queue.running === 0;
  return (
    <tr className={isIdle ? 'text-ink-3' : undefined} data-class={queue.class}>
      <th scope="row" className="block-whole font-normal">
        <span className="block font-medium text-ink">{classWords(queue.class)}</span>
        <span className="block text-ink-3 sm:whitespace-nowrap">
          {own ? <StoppedBy control={own} running={queue.running} /> : CLASS_PURPOSES[queue.class]}
        </span>
      </th>
      <Figure label="High">{count(waiting.high)}</Figure>
      <Figure label="Normal">{count(waiting.normal)}</Figure>
      <Figure label="Low">{count(waiting.low)}</Figure>
      <Figure
        label="Running"
        title={queue.resting > 0 ? `${queue.resting} of those that wait rest after a failure` : undefined}
      >
        {count(queue.running)}
      </Figure>
      <Figure label="Oldest waits">{queue.oldestQueuedAt ? <Time at={queue.oldestQueuedAt} /> : '–'}</Figure>
      <Figure label="Done per min" title="Over the last 10 minutes">
        {rate(queue.donePerMinute)}
      </Figure>
      <Figure label="Done in" title="All work that is known, as it goes now">
        {isHeld(queue.outlook) ? (
          <span className="text-amber">{doneInWords(queue.outlook)}</span>
        ) : (
          doneInWords(queue.outlook)
        )}
      </Figure>
      <Figure label="Mean wait" title="Of what ended in the last 10 minutes">
        {queue.meanWaitSeconds === null ? '–' : waitWords(queue.meanWaitSeconds)}
      </Figure>
      <Figure label="Workers">
        {queue.ableWorkers === 0 && backlog > 0 ? (
          <span className="text-amber">none can</span>
        ) : (
          count(queue.ableWorkers)
        )}
      </Figure>
      <td className="block-whole">
        <span className="flex gap-1 min-[1101px]:justify-end">
          <ControlButtons
            scope={scope}
            what={workWords(queue.class)}
            control={own}
            running={queue.running}
            unserved={queue.workers === 0 && queue.running === 0}
          />
        </span>
      </td>
    </tr>
  );
}

interface FigureProps {
  /** The head of its column, and its name where there are no columns. */
  readonly label: (typeof FIGURES)[number];
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

function Figure({ label, title, children }: FigureProps) {
  return (
    <td className="block-figure" data-label={label} title={title}>
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
