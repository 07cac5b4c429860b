import type { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { sourceArgv } from '@transcode/planner';
import type * as z from 'zod';
import type { Diagnostics } from '../ffmpeg/diagnostics.ts';
import { lines } from '../ffmpeg/lines.ts';
import type { Piped } from './around/pipe-source.ts';
import { runReader, type Reading } from './run-reader.ts';

export interface Ffprobe extends Reading {
  readonly ffprobe: string;
  /** The source is read by ffmpeg, and what that makes of it by ffprobe. */
  readonly piped?: Piped;
}

/** More than this is no description of a file. */
const MOST_JSON_CHARACTERS = 16 * 1024 ** 2;

/** Runs ffprobe and hands each line of its output to `take`. Throws an error that says what is wrong with the source if it fails. */
export function probeLines(run: Ffprobe, show: readonly string[], take: (line: string) => void): Promise<Diagnostics> {
  return probe(run, show, async (stdout) => {
    for await (const line of lines(stdout)) take(line);
  });
}

async function probe(
  run: Ffprobe,
  show: readonly string[],
  read: (stdout: Readable) => Promise<void>,
): Promise<Diagnostics> {
  const { ffprobe: file, source, demuxer, isWithoutEdits, piped } = run;
  const input =
    piped === undefined
      ? sourceArgv({ demuxer, source: source.input, protocols: source.protocols, isWithoutEdits })
      : sourceArgv({ demuxer: piped.format, source: 'pipe:0', protocols: 'pipe' });
  const argv = ['-hide_banner', '-loglevel', 'level+error', ...show, ...input];
  const { diagnostics, failure } = await runReader({ program: 'ffprobe', file, argv, piped, read }, run);
  if (failure !== undefined) throw failure;
  return diagnostics;
}

/** Runs ffprobe for a JSON answer of this shape. */
export async function probeJson<T>(
  run: Ffprobe,
  show: readonly string[],
  shape: z.ZodType<T>,
): Promise<{ answer: T; diagnostics: Diagnostics }> {
  let text = '';
  const diagnostics = await probe(run, [...show, '-of', 'json=compact=1'], async (stdout) => {
    text = await bounded(stdout);
  });
  try {
    return { answer: shape.parse(JSON.parse(text)), diagnostics };
  } catch (error) {
    throw new TranscodeError(
      'source_unreadable',
      { reason: 'what it says of itself makes no sense' },
      { cause: error },
    );
  }
}

async function bounded(stdout: Readable): Promise<string> {
  const text: string[] = [];
  let characters = 0;
  for await (const part of stdout.setEncoding('utf8') as AsyncIterable<string>) {
    characters += part.length;
    if (characters > MOST_JSON_CHARACTERS) {
      throw new TranscodeError('source_unreadable', { reason: 'it says more of itself than can be read' });
    }
    text.push(part);
  }
  return text.join('');
}
