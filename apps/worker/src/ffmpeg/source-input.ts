import type { Source } from '@transcode/storage';
import type { Tools } from '../task-context.ts';
import { askProgram } from './ask-program.ts';

const answers = new Map<string, Promise<boolean>>();

/**
 * A file is given to ffmpeg as its standard input, and the protocol of files is not allowed at all: whatever a source names, there is no
 * way to open it. An ffmpeg older than 6 has no such protocol and gets the file's path.
 */
export async function sourceInput(
  source: Source,
  { ffmpeg, ffprobe }: Pick<Tools, 'ffmpeg' | 'ffprobe'>,
): Promise<Source> {
  if (source.file === undefined) return source;
  const known = await Promise.all([readsDescriptors(ffmpeg), readsDescriptors(ffprobe)]);
  return known.every(Boolean) ? { ...source, input: 'fd:', protocols: 'fd' } : source;
}

/** Asked once a process. */
function readsDescriptors(program: string): Promise<boolean> {
  const known = answers.get(program) ?? ask(program);
  answers.set(program, known);
  return known;
}

async function ask(program: string): Promise<boolean> {
  return /^\s*fd\s*$/m.test(await askProgram(program, ['-hide_banner', '-protocols']));
}
