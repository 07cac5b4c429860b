import type * as z from 'zod';

/**
 * The processes that read variables of the environment; `backup` is whoever makes backups or restores them, `postgres-backup`, `redis-backup`
 * and `drill` those of them that the environment has to tell of what.
 */
export const READERS = [
  ...(['api', 'worker', 'console', 'tools', 'backup'] as const),
  ...(['postgres-backup', 'redis-backup', 'drill'] as const),
] as const;
export type Reader = (typeof READERS)[number];

/** One variable of the environment. */
export interface Setting {
  /** What its text becomes; its default is the schema's. */
  readonly schema: z.ZodType;
  readonly readers: readonly Reader[];
  /** Who sets it: whoever runs the installation, or what starts its processes (the supervisor, the chart). */
  readonly from: 'operator' | 'installation';
  /** What it says, in a sentence without its end. */
  readonly about: string;
  /** What holds where it is absent, where the schema's default does not tell. */
  readonly unless?: string;
  /** It is in no list of settings, no ConfigMap and no support bundle. */
  readonly secret?: true;
}
