import * as z from 'zod';
import { WorkerView } from './worker-views.ts';
import { Time } from '../time.ts';

/** How a GPU was at a moment; null is what its card does not tell. Shares are in percent. */
export const GpuSampleView = z.object({
  at: Time,
  utilisation: z.number().nullable(),
  encoder: z.number().nullable(),
  decoder: z.number().nullable(),
  memoryUsedBytes: z.int().nullable(),
  memoryTotalBytes: z.int().nullable(),
  celsius: z.number().nullable(),
  watts: z.number().nullable(),
  wattsLimit: z.number().nullable(),
  encoderSessions: z.int().nullable(),
});
export type GpuSampleView = z.infer<typeof GpuSampleView>;

export const GpuView = z.object({
  /** The card's own name, which stays with it: `GPU-…`. */
  uuid: z.string(),
  index: z.int(),
  name: z.string(),
  host: z.string(),
  /** How it is now. */
  sample: GpuSampleView,
  /** The workers of its machine. */
  workers: z.array(z.string()),
  /** What they do with it or beside it. */
  tasks: WorkerView.shape.tasks,
});
export type GpuView = z.infer<typeof GpuView>;

/** A machine of which there is no figure of a GPU, and why. */
export const MachineWithoutGpu = z.object({ host: z.string(), workers: z.array(z.string()), reason: z.string() });
export type MachineWithoutGpu = z.infer<typeof MachineWithoutGpu>;

export const GpuList = z.object({ items: z.array(GpuView), without: z.array(MachineWithoutGpu) });
export type GpuList = z.infer<typeof GpuList>;

/** Of the last hour, oldest first. */
export const GpuHistory = z.object({ points: z.array(GpuSampleView) });
export type GpuHistory = z.infer<typeof GpuHistory>;
