import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { sourceArgv } from '@transcode/planner';
import type { Diagnostics } from '../ffmpeg/diagnostics.ts';
import { lines } from '../ffmpeg/lines.ts';
import { runReader, type Finding, type Reading } from './run-reader.ts';

export interface Trial extends Reading {
  readonly ffmpeg: string;
}

interface Attempt<T> {
  /** What stands before the source. */
  readonly before?: readonly string[];
  /** What is made of it, which nothing but its maps opens. */
  readonly output: readonly string[];
  /** How many descriptors from 3 on that writes to. */
  readonly pipes?: number;
  /** Hears what ffmpeg says while nothing is wrong, and has it say that. */
  readonly hear?: (line: string) => void;
  /** Hears what it says where something is wrong. */
  readonly hearTrouble?: (line: string) => void;
  readonly read: (stdout: Readable, pipes: readonly Readable[]) => Promise<T>;
}

/** Has ffmpeg try something with the source. That it fails by itself is an answer; all else throws, and has to be tried again. */
export function tryFfmpeg<T>(run: Trial, { before = [], output, read, ...how }: Attempt<T>): Promise<Finding<T>> {
  const { ffmpeg: file, demuxer, isWithoutEdits, source } = run;
  const level = how.hear === undefined ? 'level+error' : 'level+info';
  const input = sourceArgv({ demuxer, source: source.input, protocols: source.protocols, isWithoutEdits });
  const argv = ['-nostdin', '-hide_banner', '-loglevel', level, '-nostats', '-copyts', ...before, ...input, ...output];
  return runReader({ program: 'ffmpeg', file, argv, read, ...how }, run);
}

/** The same, where all that counts is what ffmpeg says. */
export function hearFfmpeg(
  run: Trial,
  attempt: Pick<Attempt<void>, 'before' | 'output' | 'hearTrouble'> & { readonly hear: (line: string) => void },
): Promise<Finding<void>> {
  return tryFfmpeg(run, { ...attempt, read: async (stdout) => finished(stdout.resume(), { writable: false }) });
}

/** Hands each line of what ffmpeg makes of the source to `take`. Throws an error that says what is wrong with the source if it fails. */
export async function ffmpegLines(
  run: Trial,
  output: readonly string[],
  take: (line: string) => void,
): Promise<Diagnostics> {
  const { diagnostics, failure } = await tryFfmpeg(run, {
    output,
    read: async (stdout) => {
      for await (const line of lines(stdout)) take(line);
    },
  });
  if (failure !== undefined) throw failure;
  return diagnostics;
}
