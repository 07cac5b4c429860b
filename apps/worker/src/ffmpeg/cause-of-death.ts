import { constants } from 'node:os';
import { TranscodeError } from '@transcode/contracts';
import type { ChildExit } from './child-process.ts';
import type { Diagnostics } from './diagnostics.ts';
import { inWords } from './in-words.ts';
import { sandbox, type ChildLimits } from './sandbox.ts';

/** What ends a program by its own doing. */
const CRASHES = new Set<string>(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS']);

/** What a program of the sandbox says that cannot do its part or give its place to the next. */
const SANDBOX = /^(unshare|nsenter|choom|prlimit|setpriv): /m;

/**
 * Why a process of ours ended that we did not end, if it was no ordinary failure. Reaching a limit and crashing are the work's own doing;
 * only what came from outside of it says something of the machine.
 */
export function causeOfDeath(
  program: 'ffmpeg' | 'ffprobe',
  { code, signal: endedBy, outOfTime }: ChildExit,
  { limits, diagnostics: { tail, caught, lacksMemory } }: { limits: ChildLimits; diagnostics: Diagnostics },
): TranscodeError | undefined {
  if (code === 0 && !outOfTime) return undefined;
  const signal = endedBy ?? nameOf(caught);
  const died = (...[error, details]: ConstructorParameters<typeof TranscodeError>): TranscodeError =>
    new TranscodeError(error, { program, ...details }, { tail });
  if (outOfTime || signal === 'SIGXCPU') return died('ffmpeg_out_of_time', { seconds: limits.seconds });
  if (signal === 'SIGXFSZ' || /file too large/i.test(tail)) {
    return died('ffmpeg_output_too_large', { limit: inWords(limits.fileBytes) });
  }
  if (/no space left on device|disk quota exceeded/i.test(tail)) return died('scratch_full');
  if (code !== null && SANDBOX.test(tail)) return died('no_encoder', { reason: tail });
  if (lacksMemory) return died('ffmpeg_out_of_memory', { limit: inWords(sandbox().memoryBytes) });
  if (signal === undefined) return undefined;
  return died(CRASHES.has(signal) ? 'ffmpeg_crashed' : 'ffmpeg_killed', { signal });
}

function nameOf(number: number | undefined): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
