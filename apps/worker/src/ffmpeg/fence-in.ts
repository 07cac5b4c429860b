import type { Logger } from '@transcode/telemetry';
import type { Environment } from '../env.ts';
import { inWords } from './in-words.ts';
import { setUpSandbox, type Sandbox } from './sandbox.ts';

/** Finds out how ffmpeg can be fenced in here, and says once what is missing. */
export function fenceIn({ FFMPEG_MEMORY_MIB: mebibytes }: Environment, log: Logger): Sandbox {
  const found = setUpSandbox(mebibytes === undefined ? {} : { memoryBytes: mebibytes * 1024 ** 2 });
  const { memoryBytes, missing } = found;
  for (const sentence of missing) log.warn(sentence);
  log.info(`An ffmpeg may have ${inWords(memoryBytes)} of memory`);
  return found;
}
