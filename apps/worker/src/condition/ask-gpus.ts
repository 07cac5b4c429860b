import { execFile } from 'node:child_process';
import type { GpuConditions } from '@transcode/db';
import { GPU_FIELDS, parseGpus } from './parse-gpus.ts';

/** A driver that hangs keeps its tool for ever. */
const ANSWER_MS = 5_000;
const MOST_BYTES = 256 * 1024;
const ARGUMENTS = [`--query-gpu=${GPU_FIELDS.join(',')}`, '--format=csv,noheader,nounits'];

/** Asks nvidia-smi how the GPUs of this machine are. Where that cannot be known it says why, in a sentence. */
export function askGpus(nvidiaSmi: string): Promise<GpuConditions> {
  return new Promise((resolve) => {
    const options = { timeout: ANSWER_MS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES } as const;
    execFile(nvidiaSmi, ARGUMENTS, options, (error, stdout, stderr) => {
      if (error !== null) resolve({ absence: whyNot(error, `${stdout}\n${stderr}`) });
      else resolve(read(stdout));
    });
  });
}

function read(stdout: string): GpuConditions {
  try {
    const gpus = parseGpus(stdout);
    return gpus.length === 0 ? { absence: 'nvidia-smi finds no GPU.' } : { gpus };
  } catch (error) {
    return { absence: asSentence(error instanceof Error ? error.message : String(error)) };
  }
}

function whyNot(error: Error & { code?: unknown; killed?: boolean }, said: string): string {
  if (error.code === 'ENOENT') return 'No NVIDIA driver is installed: there is no nvidia-smi.';
  if (error.killed === true) return `nvidia-smi did not answer within ${ANSWER_MS / 1000} s. The driver may hang.`;
  const line = said.split('\n').find((each) => each.trim() !== '');
  return asSentence(`nvidia-smi failed: ${line ?? error.message}`);
}

function asSentence(text: string): string {
  const short = text.trim().slice(0, 300);
  return short.endsWith('.') ? short : `${short}.`;
}
