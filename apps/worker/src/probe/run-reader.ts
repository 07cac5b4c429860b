import type { Readable } from 'node:stream';
import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';
import type { Source } from '@transcode/storage';
import { causeOfDeath } from '../ffmpeg/cause-of-death.ts';
import { openedFor } from '../ffmpeg/child-limits.ts';
import { startChild, type ChildExit } from '../ffmpeg/child-process.ts';
import { readDiagnostics, type Diagnostics } from '../ffmpeg/diagnostics.ts';
import { inWords } from '../ffmpeg/in-words.ts';
import { sandbox, type ChildLimits } from '../ffmpeg/sandbox.ts';
import { Watchdog } from '../ffmpeg/watchdog.ts';
import { pipeSource, type Piped } from './around/pipe-source.ts';

/** What a program reads to find out about a source, and for how long. */
export interface Reading {
  readonly source: Pick<Source, 'input' | 'protocols' | 'file' | 'enter' | 'traffic'> & Partial<Pick<Source, 'broken'>>;
  readonly demuxer: string;
  readonly isWithoutEdits?: boolean;
  readonly signal: AbortSignal;
  /** It is ended after so long. */
  readonly milliseconds: number;
  /** It is ended earlier where it gets no further for so long; FFMPEG_STALL_MS unless told. */
  readonly stallMs?: number;
  /** And where it has computed for so long, in seconds of all cores together. */
  readonly mostCpuSeconds?: number;
}

interface Reader<T> {
  readonly program: 'ffmpeg' | 'ffprobe';
  readonly file: string;
  readonly argv: readonly string[];
  /** The source is read by ffmpeg, and what that makes of it by the program. */
  readonly piped?: Piped | undefined;
  /** It writes to so many descriptors from 3 on. */
  readonly pipes?: number | undefined;
  /** Hears what it says while nothing is wrong. */
  readonly hear?: ((line: string) => void) | undefined;
  /** And where something is. */
  readonly hearTrouble?: ((line: string) => void) | undefined;
  /** Reads all that it writes. If that fails, it is stopped. */
  readonly read: (stdout: Readable, pipes: readonly Readable[]) => Promise<T>;
}

export interface Finding<T> {
  readonly value: T;
  readonly diagnostics: Diagnostics;
  /** What it failed with by its own doing or that of the source. */
  readonly failure: TranscodeError | undefined;
}

/**
 * Has a program find out about a source. Throws where that says nothing of the source: what had to be read could not be had, it was killed
 * from outside, or there was no more time.
 */
export async function runReader<T>(reader: Reader<T>, reading: Reading): Promise<Finding<T>> {
  const { program, file, argv, piped, pipes = 0 } = reader;
  const { source, demuxer, isWithoutEdits, signal, milliseconds, stallMs, mostCpuSeconds } = reading;
  const stop = new AbortController();
  const limits = { seconds: milliseconds / 1000, fileBytes: 0, ...openedFor(source) };
  const either = AbortSignal.any([signal, stop.signal]);
  const pipe = piped && pipeSource({ source, demuxer, isWithoutEdits, piped, limits, signal: either });
  const stdin = source.file === undefined ? ('none' as const) : { file: source.file };
  const child = startChild({
    ...{ file, argv, pipes, signal: either },
    ...(pipe === undefined ? { limits, stdin } : { limits: { ...limits, network: 'none' }, inputs: [pipe.output] }),
  });
  const watchdog = new Watchdog({
    ...{ program, pid: child.pid, stop, milliseconds: stallMs, mostCpuSeconds },
    signs: () => `${child.moved([2])} ${pipe?.moved()} ${source.traffic?.().bytes}`,
    waits: () => source.traffic?.().waits ?? false,
  });
  const read = reader.read(child.stdout, child.pipes).catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const [exit, diagnostics, value] = await Promise.allSettled([
    child.exited,
    readDiagnostics(child.stderr, source.input, reader.hear, reader.hearTrouble),
    read,
    child.fed,
  ]).finally(() => watchdog.rest());
  const broke = await pipe?.end();
  signal.throwIfAborted();
  const missing = source.broken?.();
  if (missing !== undefined) throw missing;
  if (exit.status === 'rejected') throw exit.reason;
  if (diagnostics.status === 'rejected') throw diagnostics.reason;
  if (value.status === 'rejected') throw value.reason;
  const stopped: unknown = stop.signal.aborted ? (refusal(diagnostics.value) ?? stop.signal.reason) : undefined;
  const ending = { exit: exit.value, limits, diagnostics: diagnostics.value };
  const failure = stopped ?? broke ?? failureOf(program, ending);
  if (failure !== undefined && (exit.value.outOfTime || !saysOfSource(failure))) throw failure;
  return { value: value.value, diagnostics: diagnostics.value, failure };
}

/** What it found fault with, for a sentence; empty if nothing. */
export function complaintOf({ diagnostics, failure }: Omit<Finding<unknown>, 'value'>): string {
  if (failure === undefined) return diagnostics.reason;
  const { code, details, message } = failure;
  return code === 'source_unreadable' ? String(details['reason']) : message.replace(/\.$/, '');
}

/** Whether this is what is the matter with a stream or its source, others of which may do. */
export function isFaultOfStream(error: unknown): boolean {
  return error instanceof TranscodeError && (error.blame === 'input' || error.code === 'ffmpeg_crashed');
}

function saysOfSource(failure: unknown): failure is TranscodeError {
  return failure instanceof TranscodeError && (failure.blame === 'input' || failure.blame === 'work');
}

function failureOf(
  program: 'ffmpeg' | 'ffprobe',
  { exit, limits, diagnostics }: { exit: ChildExit; limits: ChildLimits; diagnostics: Diagnostics },
): TranscodeError | undefined {
  if (exit.code === 0) return undefined;
  return refusal(diagnostics) ?? causeOfDeath(program, exit, { limits, diagnostics }) ?? unreadable(diagnostics);
}

/** Limits of ours that it reaches. */
function refusal({ tail, lacksMemory }: Diagnostics): TranscodeError | undefined {
  if (tail.includes('exceeds max_streams')) {
    const what = `more than ${SOURCE_LIMITS.streamsOpened} streams`;
    const limit = `${SOURCE_LIMITS.streams} of picture and sound`;
    return new TranscodeError('source_too_large', { what, limit }, { tail });
  }
  if (!lacksMemory) return undefined;
  const reason = `reading it takes more memory than the ${inWords(sandbox().memoryBytes)} there are for it`;
  return new TranscodeError('source_unreadable', { reason }, { tail });
}

function unreadable({ reason, tail }: Diagnostics): TranscodeError {
  return new TranscodeError('source_unreadable', { reason: reason || 'nothing in it can be read' }, { tail });
}
