import type { Readable } from 'node:stream';
import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';
import { sourceArgv } from '@transcode/planner';
import type { Source } from '@transcode/storage';
import type * as z from 'zod';
import { causeOfDeath } from '../ffmpeg/cause-of-death.ts';
import { networkOf } from '../ffmpeg/child-limits.ts';
import { startChild } from '../ffmpeg/child-process.ts';
import { readDiagnostics, type Diagnostics } from '../ffmpeg/diagnostics.ts';
import { inWords } from '../ffmpeg/in-words.ts';
import { lines } from '../ffmpeg/lines.ts';
import { sandbox } from '../ffmpeg/sandbox.ts';

export interface Ffprobe {
  readonly ffprobe: string;
  readonly source: Pick<Source, 'input' | 'protocols' | 'file' | 'enter'>;
  readonly demuxer: string;
  readonly signal: AbortSignal;
  /** It is ended after so long. */
  readonly milliseconds: number;
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
  { ffprobe, source, demuxer, signal, milliseconds }: Ffprobe,
  show: readonly string[],
  read: (stdout: Readable) => Promise<void>,
): Promise<Diagnostics> {
  const input = sourceArgv({ demuxer, source: source.input, protocols: source.protocols });
  const argv = ['-hide_banner', '-loglevel', 'level+error', ...show, ...input];
  const stop = new AbortController();
  const limits = { seconds: milliseconds / 1000, fileBytes: 0, network: networkOf(source) };
  const child = startChild({
    ...{ file: ffprobe, argv, limits, signal: AbortSignal.any([signal, stop.signal]) },
    stdin: source.file === undefined ? 'none' : { file: source.file },
  });
  const reading = read(child.stdout).catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const [exit, diagnostics, answer] = await Promise.allSettled([
    child.exited,
    readDiagnostics(child.stderr, source.input),
    reading,
  ]);
  signal.throwIfAborted();
  if (exit.status === 'rejected') throw exit.reason;
  if (diagnostics.status === 'rejected') throw diagnostics.reason;
  if (answer.status === 'rejected') throw answer.reason;
  if (exit.value.code === 0) return diagnostics.value;
  throw (
    refusal(diagnostics.value) ??
    causeOfDeath('ffprobe', exit.value, { limits, diagnostics: diagnostics.value }) ??
    unreadable(diagnostics.value)
  );
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

/** Limits of ours that ffprobe reaches. */
function refusal({ tail, lacksMemory }: Diagnostics): TranscodeError | undefined {
  if (tail.includes('exceeds max_streams')) {
    const limit = `${SOURCE_LIMITS.streams} streams`;
    return new TranscodeError(
      'source_too_large',
      { what: `more than ${SOURCE_LIMITS.streams * 4} streams`, limit },
      { tail },
    );
  }
  if (!lacksMemory) return undefined;
  const reason = `reading it takes more memory than the ${inWords(sandbox().memoryBytes)} there are for it`;
  return new TranscodeError('source_unreadable', { reason }, { tail });
}

function unreadable({ reason, tail }: Diagnostics): TranscodeError {
  return new TranscodeError('source_unreadable', { reason: reason || 'nothing in it can be read' }, { tail });
}
