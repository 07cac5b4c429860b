import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { TranscodeError } from '@transcode/contracts';
import type { Source } from '@transcode/storage';
import { inSpan, measure, type Logger } from '@transcode/telemetry';
import { causeOfDeath } from './cause-of-death.ts';
import { limitsFor } from './child-limits.ts';
import { startChild, type ChildExit } from './child-process.ts';
import { readDiagnostics, type Diagnostics } from './diagnostics.ts';
import { KeptLines } from './kept-lines.ts';
import { readProgress, type FfmpegProgress } from './read-progress.ts';
import { Watchdog } from './watchdog.ts';

/** Where ffmpeg writes its progress; outputs follow from descriptor 4. */
export const PROGRESS_PIPE = 'pipe:3';

/** It ends so when nobody reads what it writes, or nobody any more. */
const NO_READER: ReadonlySet<number | null> = new Set(
  [constants.errno.EPIPE, constants.errno.ECONNRESET].map((number) => 256 - number),
);
/** What it says on these descriptors, diagnostics and progress, it says again and again where it gets no further. */
const CHATTER = [2, 3];
/** How long an ffmpeg whose output has ended takes to be gone. */
const ENDING_MS = 1_000;

export interface FfmpegRun<T> {
  readonly ffmpeg: string;
  /** Arguments that write progress to `PROGRESS_PIPE` and the n-th output to `outputPipe(n)`. */
  readonly argv: readonly string[];
  readonly outputs: number;
  /** What `argv` names as its source. A file is its standard input; an address is kept out of what people read. */
  readonly source?: Pick<Source, 'input' | 'protocols' | 'file' | 'enter' | 'traffic'>;
  /** How much media it goes through, which limits its time. */
  readonly mediaSeconds?: number;
  readonly cwd?: string;
  /** What `inputPipe` in `argv` reads. */
  readonly inputs?: readonly Readable[];
  readonly signal: AbortSignal;
  readonly stallMs?: number;
  readonly futileCpuSeconds?: number;
  onProgress?(progress: FfmpegProgress): void;
  /** Is told what ffmpeg said once it has ended, however that was. */
  readonly log?: Logger;
  /** Hears each line that ffmpeg says while nothing is wrong. */
  onInfo?(line: string): void;
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
  const attributes = { 'process.command_args': withoutSource(run) };
  return inSpan('ffmpeg', { attributes, onlyWithin: true }, async (span) => {
    try {
      const result = await runToItsEnd(run, (code) => span.set({ 'process.exit.code': code }));
      span.set({ 'transcode.ffmpeg.cpu_seconds': result.cpuSeconds });
      measure.count('ffmpegRunsTotal', { outcome: 'completed' });
      return result;
    } catch (error) {
      measure.count('ffmpegRunsTotal', { outcome: run.signal.aborted ? 'stopped' : 'failed' });
      throw error;
    }
  });
}

/** Its address may open it. */
function withoutSource({ argv, source }: Pick<FfmpegRun<unknown>, 'argv' | 'source'>): string[] {
  return argv.map((argument) => (source === undefined ? argument : argument.replaceAll(source.input, '[source]')));
}

async function runToItsEnd<T>(run: FfmpegRun<T>, exited: (code: number) => void): Promise<FfmpegResult<T>> {
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
  let latest: FfmpegProgress = {};
  const watchdog = new Watchdog({
    ...{ program: 'ffmpeg', pid: child.pid, stop, milliseconds: run.stallMs, futileCpuSeconds: run.futileCpuSeconds },
    signs: () => `${latest.frame} ${latest.seconds} ${child.moved(CHATTER)} ${run.source?.traffic?.().bytes}`,
    waits: () => (run.source?.traffic?.().waits ?? false) || (run.inputs?.some(isEmptyHanded) ?? false),
  });
  const fed = child.fed.catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const kept = new KeptLines(run.source?.input);
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
    readDiagnostics(
      child.stderr,
      run.source?.input,
      (line) => {
        kept.hear(line);
        run.onInfo?.(line);
      },
      (line) => kept.hear(line),
    ),
    consumed,
    readProgress(progressPipe, (progress) => {
      latest = progress;
      run.onProgress?.(progress);
    }),
    fed,
  ]).finally(() => watchdog.rest());

  tell(run.log, { kept, exit, seconds: (performance.now() - started) / 1000 });
  if (exit.status === 'fulfilled' && exit.value.code !== null) exited(exit.value.code);
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
  if (NO_READER.has(code) && value.status === 'rejected') throw value.reason;
  // A reader that was content with less than all has not seen all.
  if (code !== 0) throw encodeFailed(code, diagnostics.value);
  if (value.status === 'rejected') throw value.reason;
  const wallSeconds = (performance.now() - started) / 1000;
  return { value: value.value, cpuSeconds: diagnostics.value.cpuSeconds, wallSeconds };
}

interface Ended {
  readonly kept: KeptLines;
  readonly exit: PromiseSettledResult<ChildExit>;
  readonly seconds: number;
}

function tell(log: Logger | undefined, { kept, exit, seconds }: Ended): void {
  if (log === undefined || exit.status === 'rejected') return;
  const { code, signal } = exit.value;
  const fields = { said: kept.all(), exit_code: code, signal, seconds: Number(seconds.toFixed(3)) };
  log.event('info', 'ffmpeg_ended', fields, `ffmpeg ended ${signal === null ? `with ${code}` : `by ${signal}`}`);
}

/** Killed, left without a reader, or at its end anyway: then what stopped it is the cause, else it failed by itself. */
function endedByUs({ code, signal }: ChildExit): boolean {
  return signal === 'SIGKILL' || code === 0 || NO_READER.has(code);
}

function encodeFailed(code: number | null, { tail, reason }: Diagnostics): TranscodeError {
  return new TranscodeError('encode_failed', { reason: reason || `it ended with code ${code}` }, { tail });
}

/** Its writer has more to say, and has said nothing that was not read: what waits for it, it has to answer for. */
function isEmptyHanded({ readableEnded, destroyed, readableLength }: Readable): boolean {
  return !readableEnded && !destroyed && readableLength === 0;
}
