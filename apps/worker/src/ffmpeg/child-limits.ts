import { CHILD_LIMITS, SCRATCH, SOURCE_LIMITS } from '@transcode/contracts';
import type { Source } from '@transcode/storage';
import type { ChildLimits } from './sandbox.ts';

/** What a child may use that goes through so much media, the longest there can be unless told. */
export function limitsFor(work: {
  mediaSeconds?: number;
  source?: Pick<Source, 'input' | 'protocols' | 'enter'>;
}): ChildLimits {
  const { mediaSeconds = SOURCE_LIMITS.durationSeconds, source } = work;
  return {
    seconds: Math.ceil(CHILD_LIMITS.seconds + CHILD_LIMITS.secondsPerMediaSecond * mediaSeconds),
    fileBytes: SCRATCH.taskBytes,
    ...openedFor(source),
  };
}

/** Only what reads from an address needs any network, and only an old ffmpeg a file by its name. */
export function openedFor(
  source: Pick<Source, 'input' | 'protocols' | 'enter'> | undefined,
): Pick<ChildLimits, 'network' | 'reads'> {
  if (source?.protocols === 'file') return { network: 'none', reads: [source.input] };
  if (source?.protocols !== 'http,tcp') return { network: 'none' };
  return { network: { port: Number(new URL(source.input).port), enter: source.enter } };
}

/** Bytes of a rendition's output that are more than its cap could ever give for its length. */
export function mostOutput(bitsPerSecond: number, seconds: number): number {
  return Math.ceil(CHILD_LIMITS.outputBytes + (CHILD_LIMITS.outputTimesCap * bitsPerSecond * seconds) / 8);
}
