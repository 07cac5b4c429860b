import type { AttemptView, TaskView } from '@transcode/contracts';

export interface Bar {
  readonly attempt: AttemptView;
  /** 0..1 of the axis. */
  readonly left: number;
  readonly width: number;
}

interface WaitBar {
  /** 0..1 of the axis. */
  readonly left: number;
  readonly width: number;
  readonly tasks: number;
  readonly height: number;
}

export interface GanttLayout {
  readonly startMs: number;
  readonly endMs: number;
  readonly ticks: readonly { readonly left: number; readonly seconds: number }[];
  /** How many tasks waited, from when to when; the tallest is 1 high. */
  readonly waiting: readonly WaitBar[];
  readonly workers: readonly { readonly name: string; readonly lanes: readonly (readonly Bar[])[] }[];
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
const MOST_TICKS = 6;

/** Narrower parts of the line are drawn as one, with as many tasks as waited at its worst. */
const WAIT_PARTS = 240;

type Waiting = Pick<TaskView, 'state' | 'queuedAt'>;

/**
 * Each worker's attempts side by side over time, in as many lanes as it worked on at once, and how many tasks waited meanwhile. What goes on
 * reaches to `now`.
 */
export function ganttLayout(
  attempts: readonly AttemptView[],
  tasks: readonly Waiting[],
  now: number,
): GanttLayout | undefined {
  const spans = attempts.map((attempt) => {
    const from = Date.parse(attempt.startedAt);
    return { attempt, from, to: Math.max(from, attempt.endedAt === null ? now : Date.parse(attempt.endedAt)) };
  });
  if (spans.length === 0) return undefined;
  const waits = waitsOf(attempts, tasks, now);
  const startMs = least([...spans, ...waits]);
  const endMs = Math.max(startMs + 1_000, most([...spans, ...waits]));
  const length = endMs - startMs;
  const byWorker = Map.groupBy(spans, ({ attempt }) => attempt.worker);
  return {
    startMs,
    endMs,
    ticks: ticksOf(length / 1000),
    waiting: waitBars(waits, { startMs, length }),
    workers: [...byWorker].map(([name, own]) => ({
      name,
      lanes: lanesOf(own).map((lane) =>
        lane.map(({ attempt, from, to }) => ({
          attempt,
          left: (from - startMs) / length,
          width: (to - from) / length,
        })),
      ),
    })),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Of a day's video there are more than a call may have arguments. */
function least(spans: readonly Span[]): number {
  return spans.reduce((earliest, { from }) => Math.min(earliest, from), Infinity);
}

function most(spans: readonly Span[]): number {
  return spans.reduce((latest, { to }) => Math.max(latest, to), -Infinity);
}

/** Of each attempt that it began with, and of each task that is in line now. */
function waitsOf(attempts: readonly AttemptView[], tasks: readonly Waiting[], now: number): Span[] {
  const before = attempts.flatMap(({ queuedAt, startedAt }) =>
    queuedAt === null ? [] : [{ from: Date.parse(queuedAt), to: Date.parse(startedAt) }],
  );
  const still = tasks.flatMap(({ state, queuedAt }) =>
    state !== 'queued' || queuedAt === null ? [] : [{ from: Date.parse(queuedAt), to: now }],
  );
  return [...before, ...still].filter(({ from, to }) => to > from);
}

/** The line as bars, which are as tall as it was long. */
function waitBars(waits: readonly Span[], { startMs, length }: { startMs: number; length: number }): WaitBar[] {
  const counts = Array.from({ length: WAIT_PARTS }, () => 0);
  for (const { from, to } of waits) {
    const first = Math.floor(((from - startMs) / length) * WAIT_PARTS);
    const behind = Math.max(first + 1, Math.ceil(((to - startMs) / length) * WAIT_PARTS));
    for (let part = first; part < Math.min(behind, WAIT_PARTS); part += 1) counts[part] = (counts[part] ?? 0) + 1;
  }
  const tallest = counts.reduce((tall, count) => Math.max(tall, count), 1);
  const bars: WaitBar[] = [];
  counts.forEach((tasks, part) => {
    const last = bars.at(-1);
    const left = part / WAIT_PARTS;
    if (tasks === 0) return;
    if (last?.tasks === tasks && Math.abs(last.left + last.width - left) < 1e-9)
      bars[bars.length - 1] = { ...last, width: left + 1 / WAIT_PARTS - last.left };
    else bars.push({ left, width: 1 / WAIT_PARTS, tasks, height: tasks / tallest });
  });
  return bars;
}

/** The first lane that is free takes the next span. */
function lanesOf<S extends Span>(spans: readonly S[]): S[][] {
  const lanes: S[][] = [];
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const free = lanes.find((lane) => (lane.at(-1)?.to ?? 0) <= span.from);
    if (free === undefined) lanes.push([span]);
    else free.push(span);
  }
  return lanes;
}

function ticksOf(seconds: number): GanttLayout['ticks'] {
  const step = STEPS.find((one) => seconds / one <= MOST_TICKS) ?? Math.ceil(seconds / MOST_TICKS);
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => ({
    left: (at * step) / seconds,
    seconds: at * step,
  }));
}
