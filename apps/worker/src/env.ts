import { CHUNK_SEGMENTS, parseVariables, TaskClass } from '@transcode/contracts';
import { STORAGE_VARIABLES } from '@transcode/storage';
import * as z from 'zod';

const count = z.coerce.number().int().min(1).max(64);

const Variables = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  ...STORAGE_VARIABLES,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535),
  /** A name of its own; made up where absent. */
  WORKER_ID: z.string().min(1).max(120).optional(),
  CLASSES: z
    .string()
    .default('cpu,light,maintenance')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(TaskClass).min(1)),
  TRANSCODE_FFMPEG: z.string().min(1),
  TRANSCODE_FFPROBE: z.string().min(1),
  /** Tells how the GPUs are, where there are some. */
  TRANSCODE_NVIDIA_SMI: z.string().min(1).default('nvidia-smi'),
  /** Memory that one ffmpeg may have, in MiB. */
  FFMPEG_MEMORY_MIB: z.coerce.number().int().min(256).optional(),
  /** The worker's own folder is made in it, and made anew at each start. */
  SCRATCH_DIR: z.string().min(1),
  /** With less than this free on its disk, in MiB, the worker takes nothing. */
  SCRATCH_FREE_MIB: z.coerce.number().int().min(0).optional(),
  /** Tasks of the class `cpu` at the same time: each is an ffmpeg with as many threads as it likes. */
  CPU_SLOTS: count.default(1),
  LIGHT_SLOTS: count.default(2),
  /** Segments of a chunk that this worker plans, but for the first. */
  CHUNK_SEGMENTS: z.coerce.number().int().min(1).max(600).default(CHUNK_SEGMENTS),
});
export type Environment = z.infer<typeof Variables>;

/** Reads the variables this process understands. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Environment {
  return parseVariables(Variables, source);
}
