import type { GpuCondition } from '@transcode/db';
import * as z from 'zod';

/** What is asked of nvidia-smi, in this order. */
export const GPU_FIELDS = [
  'index',
  'uuid',
  'name',
  'utilization.gpu',
  'utilization.encoder',
  'utilization.decoder',
  'memory.used',
  'memory.total',
  'temperature.gpu',
  'power.draw',
  'power.limit',
  'encoder.stats.sessionCount',
] as const;

const MIB = 1024 ** 2;

const text = z.string().min(1).max(200);
const whole = z.string().regex(/^\d+$/).transform(Number);
/** `[N/A]`, `[Not Supported]`, `[Unknown Error]`: what this card does not tell. */
const untold = z
  .string()
  .regex(/^\[.+\]$|^N\/A$/)
  .transform(() => null);
const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number);
const told = z.union([untold, number]);
const toldWhole = z.union([untold, whole]);
const toldMib = told.transform((mib) => (mib === null ? null : Math.round(mib * MIB)));

const Line = z.tuple([whole, text, text, told, told, told, toldMib, toldMib, told, told, told, toldWhole]);

/** One GPU a line of nvidia-smi's CSV without units. A line that is anything else throws: no figure is better than a wrong one. */
export function parseGpus(csv: string): GpuCondition[] {
  const lines = csv.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const parsed = Line.safeParse(line.split(',').map((cell) => cell.trim()));
    if (!parsed.success) throw new Error(`nvidia-smi said what is not understood: ${line.slice(0, 200)}`);
    const [index, uuid, name, utilisation, encoder, decoder, memoryUsedBytes, memoryTotalBytes, ...rest] = parsed.data;
    const [celsius, watts, wattsLimit, encoderSessions] = rest;
    return {
      ...{ index, uuid, name, utilisation, encoder, decoder, memoryUsedBytes, memoryTotalBytes },
      ...{ celsius, watts, wattsLimit, encoderSessions },
    };
  });
}
