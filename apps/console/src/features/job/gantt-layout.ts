import type { AttemptView } from '@transcode/contracts';

export interface Bar {
  readonly attempt: AttemptView;
  /** 0..1 of the axis. */
  readonly left: number;
  readonly width: number;
}

export interface GanttLayout {
  readonly startMs: number;
  readonly endMs: number;
  readonly ticks: readonly { readonly left: number; readonly seconds: number }[];
  readonly workers: readonly { readonly name: string; readonly lanes: readonly (readonly Bar[])[] }[];
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400];
const MOST_TICKS = 6;

/** Each worker's attempts side by side over time, in as many lanes as it worked on at once. What goes on reaches to `now`. */
export function ganttLayout(attempts: readonly AttemptView[], now: number): GanttLayout | undefined {
  const spans = attempts.map((attempt) => {
    const from = Date.parse(attempt.startedAt);
    return { attempt, from, to: Math.max(from, attempt.endedAt === null ? now : Date.parse(attempt.endedAt)) };
  });
  if (spans.length === 0) return undefined;
  const startMs = Math.min(...spans.map(({ from }) => from));
  const endMs = Math.max(startMs + 1_000, ...spans.map(({ to }) => to));
  const length = endMs - startMs;
  const byWorker = Map.groupBy(spans, ({ attempt }) => attempt.worker);
  return {
    startMs,
    endMs,
    ticks: ticksOf(length / 1000),
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
