import * as z from 'zod';
import { CHUNK_SEGMENTS } from '../constants.ts';
import { TaskClass } from '../work/stages.ts';
import { mebibytes, slots, text } from './kinds.ts';
import type { Setting } from './setting.ts';

const BY_OPERATOR = { readers: ['worker'], from: 'operator' } as const;
const BY_INSTALLATION = { readers: ['worker'], from: 'installation' } as const;

/** What a worker takes, by which programs, and how much of the machine. */
export const WORKER_SETTINGS = {
  WORKER_ID: {
    ...{ schema: z.string().min(1).max(120).optional(), ...BY_INSTALLATION },
    about: 'the worker’s name, which no other has',
    unless: 'made up',
  },
  KUBERNETES_POD: {
    schema: z
      .string()
      .regex(/^[a-z0-9-]+\/[a-z0-9.-]+$/, 'must be namespace/name')
      .optional(),
    ...BY_INSTALLATION,
    about:
      'the worker’s pod, `namespace/name`: it marks it while it has work in hand, so that an idle one is taken away first',
    unless: 'nobody is told',
  },
  CLASSES: {
    schema: z
      .string()
      .default('cpu,light,maintenance')
      .transform((list) => list.split(',').map((name) => name.trim()))
      .pipe(z.array(TaskClass).min(1)),
    ...BY_INSTALLATION,
    about: 'classes of tasks that the worker takes: `cpu`, `gpu`, `light`, `maintenance`',
  },
  TRANSCODE_FFMPEG: {
    ...{ schema: text, ...BY_OPERATOR },
    about: 'the ffmpeg to use',
    unless: 'its own',
  },
  TRANSCODE_FFPROBE: {
    ...{ schema: text, ...BY_OPERATOR },
    about: 'the ffprobe to use',
    unless: 'its own',
  },
  TRANSCODE_NVIDIA_SMI: {
    ...{ schema: text.default('nvidia-smi'), ...BY_OPERATOR },
    about: 'the program that tells how the GPUs are',
  },
  FFMPEG_MEMORY_MIB: {
    ...{ schema: z.coerce.number().int().min(256).optional(), ...BY_OPERATOR },
    about: 'MiB of memory that one ffmpeg may have',
    unless: '4 GiB and half a GiB a core, never more than the machine has',
  },
  SCRATCH_DIR: {
    ...{ schema: text, readers: ['worker', 'postgres-backup', 'redis-backup', 'drill'], from: 'installation' },
    about: 'folder for what is made and removed again: a worker’s own is made in it, anew at each start',
  },
  SCRATCH_FREE_MIB: {
    ...{ schema: mebibytes.optional(), ...BY_OPERATOR },
    about: 'with less MiB free on the disk of its scratch folder, beside what stays free, a worker takes nothing',
    unless: '1024',
  },
  CPU_SLOTS: {
    ...{ schema: slots.default(1), ...BY_OPERATOR },
    about: 'encodes at the same time in one worker',
  },
  LIGHT_SLOTS: {
    ...{ schema: slots.default(2), ...BY_OPERATOR },
    about: 'small tasks at the same time in one worker',
  },
  CHUNK_SEGMENTS: {
    schema: z.coerce.number().int().min(1).max(600).default(CHUNK_SEGMENTS),
    ...BY_OPERATOR,
    about: 'segments of 6 s in a chunk: a death costs at most one chunk',
  },
} as const satisfies Record<string, Setting>;
