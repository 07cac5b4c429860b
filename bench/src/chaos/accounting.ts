import type { FfmpegStart } from './ffmpeg-watch.ts';
import type { JournalEntry } from './journal.ts';

/** A claim on a task, running when a fault struck. */
export interface RunningClaim {
  readonly taskId: string;
  readonly token: number;
}

/** A claim that ended without the work having been done, and when the work was taken up again. */
export interface Loss {
  readonly taskId: string;
  readonly stage: JournalEntry['stage'];
  readonly index: number;
  readonly worker: string;
  readonly failureCode: string | null;
  readonly lostAt: number;
  /** The next ffmpeg of the same task; the next claim where the stage runs none. */
  readonly againAt: number | undefined;
}

export interface Cost {
  readonly losses: readonly Loss[];
  /** Claims that ran when the fault struck and have not ended in any way. */
  readonly undecided: number;
  /** The most chunks that one worker's loss has cost. */
  readonly chunksAgain: ReadonlyMap<string, number>;
  /** When work that was lost went on, the last of it; where nothing was lost, when any ffmpeg began next. */
  readonly nextFfmpegAt: number | undefined;
}

/** Stages that work by ffmpeg, so that its start is the proof that they work again. */
const BY_FFMPEG = new Set<JournalEntry['stage']>(['encode', 'audio', 'package', 'verify', 'measure']);
/** Stages whose work is a chunk. */
const CHUNKS = new Set<JournalEntry['stage']>(['encode', 'audio']);
/** The clocks of Postgres, of the kernel's process table and ours differ by no more. */
const CLOCKS_MS = 50;

/** What a fault has cost until now. The journal reaches back to before the strike. */
export function costOf(
  { strikeAt, clockAt, running }: { strikeAt: number; clockAt: number; running: readonly RunningClaim[] },
  journal: readonly JournalEntry[],
  starts: readonly FfmpegStart[],
): Cost {
  const losses = journal
    .filter(({ at, from, to }) => at >= strikeAt - CLOCKS_MS && from === 'running' && to === 'queued')
    .map((lost): Loss => ({
      taskId: lost.taskId,
      stage: lost.stage,
      index: lost.index,
      worker: lost.worker ?? 'unknown',
      failureCode: lost.failureCode,
      lostAt: lost.at,
      againAt: goesOnAt(lost, journal, starts),
    }));
  const ended = (claim: RunningClaim): boolean =>
    journal.some(({ taskId, token, from }) => taskId === claim.taskId && token === claim.token && from === 'running');
  const last = lastOf(losses.map(({ againAt }) => againAt));
  const any = starts.find(({ startedAt }) => startedAt >= clockAt)?.startedAt;
  return {
    losses,
    undecided: running.filter((claim) => !ended(claim)).length,
    chunksAgain: chunksAgain(losses),
    nextFfmpegAt: losses.length === 0 ? any : last,
  };
}

function goesOnAt(
  lost: JournalEntry,
  journal: readonly JournalEntry[],
  starts: readonly FfmpegStart[],
): number | undefined {
  const claim = journal.find(
    ({ taskId, to, token }) => taskId === lost.taskId && to === 'running' && token > lost.token,
  );
  if (claim === undefined || !BY_FFMPEG.has(claim.stage)) return claim?.at;
  return starts.find(({ worker, startedAt }) => worker === claim.worker && startedAt >= claim.at - CLOCKS_MS)
    ?.startedAt;
}

/** Undefined as long as one of them is. */
function lastOf(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === times.length ? Math.max(...known) : undefined;
}

function chunksAgain(losses: readonly Loss[]): Map<string, number> {
  const chunks = new Map<string, Set<string>>();
  for (const { stage, worker, taskId } of losses) {
    if (CHUNKS.has(stage)) chunks.set(worker, (chunks.get(worker) ?? new Set()).add(taskId));
  }
  return new Map([...chunks].map(([worker, tasks]) => [worker, tasks.size]));
}
