import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { FFMPEG_STALL_MS, TranscodeError } from '@transcode/contracts';
import type { Source } from '@transcode/storage';
import { processTree } from '../condition/process-tree.ts';
import { causeOfDeath } from './cause-of-death.ts';
import { limitsFor } from './child-limits.ts';
import { startChild, type ChildExit } from './child-process.ts';
import { readDiagnostics, type Diagnostics } from './diagnostics.ts';
import { readProgress, type FfmpegProgress } from './read-progress.ts';

/** Where ffmpeg writes its progress; outputs follow from descriptor 4. */
export const PROGRESS_PIPE = 'pipe:3';

/** It ends so when nobody reads what it writes. */
const NO_READER = 256 - constants.errno.EPIPE;
/** One that computes for less than this share of the time waits for something that does not come. */
const BUSY_SHARE = 0.02;
/** How long an ffmpeg whose output has ended takes to be gone. */
const ENDING_MS = 1_000;

export interface FfmpegRun<T> {
  readonly ffmpeg: string;
  /** Arguments that write progress to `PROGRESS_PIPE` and the n-th output to `outputPipe(n)`. */
  readonly argv: readonly string[];
  readonly outputs: number;
  /** What `argv` names as its source. A file is its standard input; an address is kept out of what people read. */
  readonly source?: Pick<Source, 'input' | 'protocols' | 'file' | 'enter'>;
  /** How much media it goes through, which limits its time. */
  readonly mediaSeconds?: number;
  readonly cwd?: string;
  /** What `inputPipe` in `argv` reads. */
  readonly inputs?: readonly Readable[];
  readonly signal: AbortSignal;
  readonly stallMs?: number;
  onProgress?(progress: FfmpegProgress): void;
  /** Reads every output to its end while ffmpeg runs. If it fails, ffmpeg is stopped. */
  consume(outputs: readonly Readable[]): Promise<T>;
}

export interface FfmpegResult<T> {
  readonly value: T;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export function outputPipe(position: number): string {
  return `pipe:${position + 4}`;
}

/** The n-th input of a run with so many outputs. Standard input is the source's if there is one, else the first input's. */
export function inputPipe(position: number, { outputs, source }: { outputs: number; source: boolean }): string {
  const place = source ? position + 1 : position;
  return place === 0 ? 'pipe:0' : `pipe:${3 + outputs + place}`;
}

/** Runs one ffmpeg to its end and its consumer with it. Whatever fails first is what is thrown. */
export async function runFfmpeg<T>(run: FfmpegRun<T>): Promise<FfmpegResult<T>> {
  const started = performance.now();
  const stop = new AbortController();
  const limits = limitsFor(run);
  const child = startChild({
    ...{ file: run.ffmpeg, argv: run.argv, pipes: 1 + run.outputs, limits },
    ...(run.source === undefined ? {} : { stdin: run.source.file === undefined ? 'none' : { file: run.source.file } }),
    signal: AbortSignal.any([run.signal, stop.signal]),
    ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
    ...(run.inputs === undefined ? {} : { inputs: run.inputs }),
  });
  const watchdog = new Watchdog(run.stallMs ?? FFMPEG_STALL_MS, { pid: child.pid, stop });
  const fed = child.fed.catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  child.stdout.resume();
  const [progressPipe, ...outputs] = child.pipes;
  if (progressPipe === undefined) throw new TypeError('there is no progress pipe');
  const consumed = run.consume(outputs).catch(async (error: unknown) => {
    // Where the output has ended, ffmpeg is ending too, and may have a better reason than that something is missing.
    if (outputs.some(({ readableEnded }) => readableEnded))
      await Promise.race([child.exited, sleep(ENDING_MS, undefined, { ref: false })]);
    stop.abort(error);
    throw error;
  });
  const [exit, diagnostics, value, told, input] = await Promise.allSettled([
    child.exited.then((ended) => ({ ...ended, wasStopped: stop.signal.aborted && endedByUs(ended) })),
    readDiagnostics(child.stderr, run.source?.input),
    consumed,
    readProgress(progressPipe, (progress) => {
      watchdog.saw(progress);
      run.onProgress?.(progress);
    }),
    fed,
  ]).finally(() => watchdog.rest());

  run.signal.throwIfAborted();
  if (exit.status === 'rejected') throw exit.reason;
  if (diagnostics.status === 'rejected') throw diagnostics.reason;
  if (told.status === 'rejected') throw told.reason;
  if (input.status === 'rejected') throw input.reason;
  const { code, wasStopped } = exit.value;
  const death = causeOfDeath('ffmpeg', exit.value, { limits, diagnostics: diagnostics.value });
  // One that waits for memory for ever has stalled for the lack of it.
  if (wasStopped && !(death?.code === 'ffmpeg_out_of_memory' || exit.value.outOfTime)) throw stop.signal.reason;
  if (death !== undefined) throw death;
  if (code === NO_READER && value.status === 'rejected') throw value.reason;
  if (code !== 0) throw encodeFailed(code, diagnostics.value);
  if (value.status === 'rejected') throw value.reason;
  const wallSeconds = (performance.now() - started) / 1000;
  return { value: value.value, cpuSeconds: diagnostics.value.cpuSeconds, wallSeconds };
}

/** Killed, left without a reader, or at its end anyway: then what stopped it is the cause, else it failed by itself. */
function endedByUs({ code, signal }: ChildExit): boolean {
  return signal === 'SIGKILL' || code === 0 || code === NO_READER;
}

function encodeFailed(code: number | null, { tail, reason }: Diagnostics): TranscodeError {
  return new TranscodeError('encode_failed', { reason: reason || `it ended with code ${code}` }, { tail });
}

/** Stops an ffmpeg whose progress does not change any more, unless it computes: what is hard has its limit in `limitsFor`. */
class Watchdog {
  readonly #milliseconds: number;
  readonly #pid: number | undefined;
  readonly #stop: AbortController;
  #timer: NodeJS.Timeout | undefined;
  #last = '';
  #cpuSeconds = 0;

  constructor(milliseconds: number, { pid, stop }: { pid: number | undefined; stop: AbortController }) {
    this.#milliseconds = milliseconds;
    this.#pid = pid;
    this.#stop = stop;
    this.#timer = this.#start();
  }

  saw(progress: FfmpegProgress): void {
    const now = `${progress.frame} ${progress.seconds}`;
    if (now === this.#last) return;
    this.#last = now;
    this.rest();
    this.#timer = this.#start();
  }

  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#look().catch((error: unknown) => this.#stop.abort(error));
    }, this.#milliseconds);
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    const hasComputed = await this.#hasComputed();
    // It went on, or ended, meanwhile.
    if (timer === undefined || this.#timer !== timer) return;
    if (hasComputed) {
      this.#timer = this.#start();
      return;
    }
    const seconds = Math.round(this.#milliseconds / 1000);
    this.#stop.abort(new TranscodeError('encode_stalled', { seconds }));
  }

  async #hasComputed(): Promise<boolean> {
    const before = this.#cpuSeconds;
    if (this.#pid === undefined) return false;
    this.#cpuSeconds = (await processTree(this.#pid)).cpuSeconds;
    return this.#cpuSeconds - before > (BUSY_SHARE * this.#milliseconds) / 1000;
  }
}
