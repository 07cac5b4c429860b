import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';
import { sourceArgv } from '@transcode/planner';
import type { Source } from '@transcode/storage';
import { causeOfDeath } from '../ffmpeg/cause-of-death.ts';
import { startChild } from '../ffmpeg/child-process.ts';
import { readDiagnostics, type Diagnostics } from '../ffmpeg/diagnostics.ts';
import { lines } from '../ffmpeg/lines.ts';

export interface Ffprobe {
  readonly ffprobe: string;
  readonly source: Pick<Source, 'input' | 'protocols' | 'file'>;
  readonly demuxer: string;
  readonly signal: AbortSignal;
}

/** More than this is no description of a file. */
const MOST_JSON_CHARACTERS = 64 * 1024 ** 2;

/** Runs ffprobe and hands each line of its output to `take`. Throws `source_unreadable` if it fails. */
export async function probeLines(
  { ffprobe, source, demuxer, signal }: Ffprobe,
  show: readonly string[],
  take: (line: string) => void,
): Promise<Diagnostics> {
  const input = sourceArgv({ demuxer, source: source.input, protocols: source.protocols });
  const argv = ['-hide_banner', '-loglevel', 'level+error', ...show, ...input];
  const stop = new AbortController();
  const limits = { seconds: SOURCE_LIMITS.probeMs / 1000, fileBytes: 0, network: source.protocols === 'http,tcp' };
  const child = startChild({
    ...{ file: ffprobe, argv, limits, signal: AbortSignal.any([signal, stop.signal]) },
    stdin: source.file === undefined ? 'none' : { file: source.file },
  });
  const reading = (async () => {
    for await (const line of lines(child.stdout)) take(line);
  })().catch((error: unknown) => {
    stop.abort(error);
    throw error;
  });
  const [exit, diagnostics, read] = await Promise.allSettled([
    child.exited,
    readDiagnostics(child.stderr, source.input),
    reading,
  ]);
  signal.throwIfAborted();
  if (exit.status === 'rejected') throw exit.reason;
  if (diagnostics.status === 'rejected') throw diagnostics.reason;
  if (read.status === 'rejected') throw read.reason;
  const death = causeOfDeath('ffprobe', exit.value, { limits, diagnostics: diagnostics.value });
  if (death !== undefined) throw death;
  if (exit.value.code !== 0) throw unreadable(diagnostics.value);
  return diagnostics.value;
}

/** Runs ffprobe for a JSON answer. */
export async function probeJson(
  run: Ffprobe,
  show: readonly string[],
): Promise<{ answer: unknown; diagnostics: Diagnostics }> {
  const text: string[] = [];
  let characters = 0;
  const diagnostics = await probeLines(run, [...show, '-of', 'json=compact=1'], (line) => {
    characters += line.length;
    if (characters > MOST_JSON_CHARACTERS)
      throw new TranscodeError('source_unreadable', { reason: 'it describes too much' });
    text.push(line);
  });
  return { answer: JSON.parse(text.join('\n')), diagnostics };
}

function unreadable({ reason, tail }: Diagnostics): TranscodeError {
  return new TranscodeError('source_unreadable', { reason: reason || 'nothing in it can be read' }, { tail });
}
