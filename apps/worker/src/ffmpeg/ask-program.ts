import { TranscodeError } from '@transcode/contracts';
import { startChild } from './child-process.ts';
import { readDiagnostics } from './diagnostics.ts';

/** Programs answer at once, if at all. */
const MOST_SECONDS = 30;
const MOST_CHARACTERS = 1024 ** 2;

/** What ffmpeg or ffprobe says of itself. Throws an error that tells how it ended if it says nothing. */
export async function askProgram(file: string, argv: readonly string[]): Promise<string> {
  const stop = new AbortController();
  const limits = { seconds: MOST_SECONDS, fileBytes: 0, network: 'none' as const };
  const child = startChild({ file, argv, limits, signal: stop.signal });
  const [exit, { reason }, answer] = await Promise.all([
    child.exited,
    readDiagnostics(child.stderr),
    boundedText(child.stdout, MOST_CHARACTERS).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  ]);
  if (exit.code === 0) return answer;
  const how = exit.outOfTime ? `it did not answer within ${MOST_SECONDS} s` : reason || `it ended with ${ending(exit)}`;
  throw new TranscodeError('no_encoder', { reason: `${file}: ${how}` });
}

async function boundedText(stream: AsyncIterable<Buffer>, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    if (bytes > most) throw new Error(`more than ${most} bytes came`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function ending({ code, signal }: { code: number | null; signal: string | null }): string {
  return signal ?? `code ${code}`;
}
