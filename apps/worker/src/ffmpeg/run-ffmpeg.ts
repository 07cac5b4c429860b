import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { FFMPEG_STALL_MS, TranscodeError } from '@transcode/contracts';
import { startChild } from './child-process.ts';
import { readDiagnostics, type Diagnostics } from './diagnostics.ts';
import { readProgress, type FfmpegProgress } from './read-progress.ts';

/** Where ffmpeg writes its progress; outputs follow from descriptor 4. */
export const PROGRESS_PIPE = 'pipe:3';

export interface FfmpegRun<T> {
  readonly ffmpeg: string;
  /** Arguments that write progress to `PROGRESS_PIPE` and the n-th output to `outputPipe(n)`. */
  readonly argv: readonly string[];
  readonly outputs: number;
  /** How the source is called in `argv`; kept out of what people read, as it may carry a one-time token. */
  readonly source?: string;
  readonly cwd?: string;
  /** What `inputPipe(n, outputs)` in `argv` reads. */
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

/** The n-th input of a run with so many outputs; the first is standard input. */
export function inputPipe(position: number, outputs: number): string {
  return position === 0 ? 'pipe:0' : `pipe:${3 + outputs + position}`;
}

/** Runs one ffmpeg to its end and its consumer with it. Whatever fails first is what is thrown. */
export async function runFfmpeg<T>(run: FfmpegRun<T>): Promise<FfmpegResult<T>> {
  const started = performance.now();
  const stop = new AbortController();
  const watchdog = new Watchdog(run.stallMs ?? FFMPEG_STALL_MS, stop);
  const child = startChild({
    file: run.ffmpeg,
    argv: run.argv,
    pipes: 1 + run.outputs,
    signal: AbortSignal.any([run.signal, stop.signal]),
    ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
    ...(run.inputs === undefined ? {} : { inputs: run.inputs }),
  });
  const fed = child.fed.catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  child.stdout.resume();
  const [progressPipe, ...outputs] = child.pipes;
  if (progressPipe === undefined) throw new TypeError('there is no progress pipe');
  const consumed = run.consume(outputs).catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const [exit, diagnostics, value, told, input] = await Promise.allSettled([
    child.exited,
    readDiagnostics(child.stderr, run.source),
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
  const { code, signal } = exit.value;
  if (stop.signal.aborted && endedByUs(code)) throw stop.signal.reason;
  if (signal !== null) throw new TranscodeError('worker_died', { reason: `ffmpeg was ended by ${signal}` });
  if (code !== 0) throw encodeFailed(code, diagnostics.value);
  if (value.status === 'rejected') throw value.reason;
  const wallSeconds = (performance.now() - started) / 1000;
  return { value: value.value, cpuSeconds: diagnostics.value.cpuSeconds, wallSeconds };
}

/** Killed, stopped by SIGTERM, or left without a reader: then what stopped it is the cause, else it failed by itself. */
function endedByUs(code: number | null): boolean {
  return code === null || code === 0 || code === 255 || code === 256 - constants.errno.EPIPE;
}

function encodeFailed(code: number | null, { tail, reason }: Diagnostics): TranscodeError {
  return new TranscodeError('encode_failed', { reason: reason || `it ended with code ${code}` }, { tail });
}

/** Stops an ffmpeg whose progress does not change any more. */
class Watchdog {
  readonly #milliseconds: number;
  readonly #stop: AbortController;
  #timer: NodeJS.Timeout;
  #last = '';

  constructor(milliseconds: number, stop: AbortController) {
    this.#milliseconds = milliseconds;
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
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => {
      const seconds = Math.round(this.#milliseconds / 1000);
      this.#stop.abort(new TranscodeError('encode_stalled', { seconds }));
    }, this.#milliseconds);
  }
}
