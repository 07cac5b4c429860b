import type { Storage } from '@transcode/storage';
import * as z from 'zod';
import { putJson, readJson, type Readable } from '../backup-store.ts';

/** One time that the loss of everything was rehearsed with a backup. */
export const Drill = z.object({
  format: z.literal(1),
  at: z.iso.datetime(),
  product: z.string(),
  backup: z.string(),
  /** How long it took from nothing to a video that plays, or was read where nothing plays any, in seconds. */
  rtoSeconds: z.number().nonnegative(),
  /** How old what it brought back was when it began, in seconds. */
  rpoSeconds: z.number().nonnegative(),
  /** How old the last moment was then that archived WAL leads to, in seconds; a drill does not replay it. */
  archiveSeconds: z.number().nonnegative().optional(),
  /** By what was done, in seconds. */
  steps: z.record(z.string(), z.number().nonnegative()),
  result: z.enum(['good', 'bad']),
  /** What was wrong, in a sentence without its end. */
  reason: z.string().optional(),
  /** Which video was played; none where there was none to play. */
  video: z.string().optional(),
  /** Which video was read whole, where no product was started that could have played it. */
  read: z.string().optional(),
});
export type Drill = z.infer<typeof Drill>;

const FOLDER = 'drills/';

/** Each is kept for good: they are small. */
export async function writeDrill(store: Storage, drill: Drill): Promise<void> {
  const time = drill.at.replaceAll(/[-:]|\.\d+/g, '');
  await putJson(store, `${FOLDER}${time}-${crypto.randomUUID().slice(0, 8)}.json`, drill);
}

/** The oldest first; what cannot be read is left out. */
export async function readDrills(store: Readable): Promise<Drill[]> {
  const drills: Drill[] = [];
  for await (const { key } of store.list(FOLDER)) {
    const parsed = Drill.safeParse(await readJson(store, key));
    if (parsed.success) drills.push(parsed.data);
  }
  return drills;
}
