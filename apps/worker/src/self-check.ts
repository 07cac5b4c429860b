import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import { toTranscodeError } from './failure-of.ts';
import { ffmpegBuild } from './ffmpeg/ffmpeg-build.ts';
import { scratchError } from './scratch/scratch-error.ts';
import type { Tools } from './task-context.ts';

const SCRATCH_BYTES = 1024 ** 2;
const LONGEST_MS = 10_000;

/** Whether this worker could do work now: its storage answers, its scratch takes bytes, its ffmpeg runs. Throws what does not. */
export async function selfCheck(worker: { storage: Storage; scratch: string; tools: Tools }): Promise<void> {
  const tooLong = new AbortController();
  const late = pause(LONGEST_MS, undefined, { signal: tooLong.signal }).then(() => {
    throw new TranscodeError('not_ready', { reason: `its check took longer than ${LONGEST_MS / 1000} s` });
  });
  try {
    await Promise.race([checkAll(worker), late]);
  } catch (error) {
    throw toTranscodeError(error);
  } finally {
    tooLong.abort();
    // Where the check ended first, it rejects with its own end, and nobody waits for it any more.
    late.catch(() => undefined);
  }
}

async function checkAll({ storage, scratch, tools }: { storage: Storage; scratch: string; tools: Tools }) {
  await storage.health();
  await tryScratch(scratch);
  const build = await ffmpegBuild(tools.ffmpeg);
  // What it publishes of itself would not be true any more.
  if (build !== tools.build) throw new TranscodeError('no_encoder', { reason: 'it was replaced while the worker ran' });
}

async function tryScratch(scratch: string): Promise<void> {
  const file = path.join(scratch, `check-${crypto.randomUUID()}`);
  try {
    await writeFile(file, Buffer.alloc(SCRATCH_BYTES));
    await rm(file);
  } catch (error) {
    throw scratchError(error);
  }
}
