'use client';
import { counted, type AttemptOutcome, type AttemptView, type JobPage } from '@transcode/contracts';
import { formatDuration, formatMoment, formatSpan } from '@transcode/ui';
import { useMemo } from 'react';
import { useNow } from '../jobs/use-now.ts';
import { ScrollArea } from '../shell/scroll-area.tsx';
import { outcomeWords, shortName, taskName } from './attempt-words.ts';
import { ganttLayout, type Bar } from './gantt-layout.ts';
import './gantt.css';

/** Narrower bars have no name in them. */
const NAMED_FROM = 0.045;

const LOOK: Record<AttemptOutcome, string> = {
  completed: 'done',
  failed: 'failed',
  lost: 'lost',
  handed_back: 'lost',
  canceled: 'canceled',
  superseded: 'lost',
};

/** The strip unrolled: who worked on which piece, from when to when. What was lost ends in a notch; the table says why. */
export function Gantt({ job }: { job: JobPage }) {
  const isOver =
    job.state !== 'queued' && job.state !== 'running' && job.attempts.every(({ endedAt }) => endedAt !== null);
  const now = useNow();
  const end = isOver ? 0 : now;
  const layout = useMemo(() => ganttLayout(job.attempts, job.tasks, end), [job.attempts, job.tasks, end]);
  const counts = useMemo(() => Map.groupBy(job.tasks, ({ stage }) => stage), [job.tasks]);
  const progress = useMemo(() => new Map(job.tasks.map((task) => [task.id, task.progress?.fraction])), [job.tasks]);
  if (layout === undefined) {
    return (
      <p className="text-small text-ink-3">
        {job.state === 'queued' || job.state === 'running'
          ? 'No worker has taken a task of it yet.'
          : 'Nobody remembers who worked on it: it was before attempts were kept.'}
      </p>
    );
  }
  return (
    <ScrollArea label="Attempts over time">
      <figure className="gantt">
        <figcaption className="sr-only">{describe(job.attempts, layout.workers.length)}</figcaption>
        <div aria-hidden="true">
          <div className="gantt-axis">
            {layout.ticks.map(({ left, seconds }) => (
              <span key={seconds} style={{ left: `${left * 100}%` }}>
                {formatDuration(seconds)}
              </span>
            ))}
          </div>
          {layout.waiting.length > 0 && (
            <div className="gantt-worker">
              <span className="gantt-name">Waiting</span>
              <div className="gantt-lanes">
                <div className="gantt-lane">
                  {layout.waiting.map(({ left, width, tasks, height }) => (
                    <span
                      key={left}
                      className="gantt-wait"
                      title={`${counted(tasks, 'task')} waited for a worker`}
                      style={{
                        left: `${left * 100}%`,
                        width: `${width * 100}%`,
                        height: `${Math.max(12, height * 100)}%`,
                      }}
                    />
                  ))}
                </div>
              </div>
            </div>
          )}
          {layout.workers.map(({ name, lanes }) => (
            <div key={name} className="gantt-worker">
              <span className="gantt-name" title={name}>
                {name}
              </span>
              <div className="gantt-lanes">
                {layout.ticks.map(({ left, seconds }) => (
                  <i key={seconds} className="gantt-tick" style={{ left: `${left * 100}%` }} />
                ))}
                {lanes.map((lane) => (
                  <div key={keyOf(lane[0])} className="gantt-lane">
                    {lane.map((bar) => (
                      <BarOf
                        key={keyOf(bar)}
                        bar={bar}
                        ofStage={counts.get(bar.attempt.stage)?.length ?? 1}
                        fraction={bar.attempt.endedAt === null ? (progress.get(bar.attempt.taskId) ?? 0) : 1}
                        now={now}
                      />
                    ))}
                  </div>
                ))}
              </div>
            </div>
          ))}
        </div>
        <Legend attempts={job.attempts} waits={layout.waiting.length > 0} />
      </figure>
    </ScrollArea>
  );
}

function BarOf({ bar, ofStage, fraction, now }: { bar: Bar; ofStage: number; fraction: number; now: number }) {
  const { attempt, left, width } = bar;
  const { outcome, queuedAt, startedAt, endedAt } = attempt;
  const seconds = ((endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt)) / 1000;
  const took = seconds < 1 ? 'under 1 s' : formatSpan(seconds);
  const look = outcome === null ? 'running' : LOOK[outcome];
  return (
    <span
      className="gantt-bar"
      data-state={look}
      title={`${taskName(attempt, ofStage)}: ${outcomeWords(attempt)} · ${took} · from ${formatMoment(startedAt)}${waitedWords(queuedAt, startedAt)}`}
      style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
    >
      {look === 'running' && <i style={{ width: `${fraction * 100}%` }} />}
      {width >= NAMED_FROM && <b>{shortName(attempt, ofStage)}</b>}
    </span>
  );
}

function waitedWords(queuedAt: string | null, startedAt: string): string {
  if (queuedAt === null) return '';
  const seconds = (Date.parse(startedAt) - Date.parse(queuedAt)) / 1000;
  return seconds < 1 ? '' : ` · waited ${formatSpan(seconds)} before`;
}

const LEGEND = [
  ['running', 'In work, filled as far as it is'],
  ['done', 'Done'],
  ['failed', 'Failed'],
  ['lost', 'Lost or handed back, and taken over'],
  ['canceled', 'Canceled'],
] as const;

/** What the bars mean, as far as there are such. */
function Legend({ attempts, waits }: { attempts: readonly AttemptView[]; waits: boolean }) {
  const looks = new Set(attempts.map(({ outcome }) => (outcome === null ? 'running' : LOOK[outcome])));
  return (
    <ul aria-label="What the bars mean" className="gantt-legend">
      {waits && (
        <li>
          <i className="gantt-wait" />
          Waiting for a worker, as tall as tasks are in line
        </li>
      )}
      {LEGEND.filter(([look]) => looks.has(look)).map(([look, words]) => (
        <li key={look}>
          <i className="gantt-bar" data-state={look} />
          {words}
        </li>
      ))}
    </ul>
  );
}

function keyOf(bar: Bar | undefined): string {
  return bar === undefined ? '' : `${bar.attempt.taskId} ${bar.attempt.token}`;
}

function describe(attempts: readonly AttemptView[], workers: number): string {
  const count = (outcome: AttemptOutcome | null) => attempts.filter((one) => one.outcome === outcome).length;
  const parts = [
    `${counted(attempts.length, 'attempt')} by ${counted(workers, 'worker')}`,
    `${count('completed')} done`,
    ...(count(null) > 0 ? [`${count(null)} in work`] : []),
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('lost') > 0 ? [`${count('lost')} lost`] : []),
  ];
  return `${parts.join(', ')}. The tasks below say each.`;
}
