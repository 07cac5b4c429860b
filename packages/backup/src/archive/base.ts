import * as z from 'zod';
import { backupKey, readShelf, type Contents, type Kept, type Readable, type Shelf } from '../backup-store.ts';

/** `manifest.json` beside a base backup: a copy of a whole Postgres from which WAL leads on. */
export const BaseManifest = z.object({
  format: z.literal(1),
  id: z.string(),
  kind: z.literal('base'),
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** By the database's clock, once it was whole: the first time that can be restored from it. */
  consistentAt: z.iso.datetime(),
  product: z.string(),
  server: z.string(),
  program: z.string(),
  /** Such as `linux-x64`: the files of a Postgres are of one kind of machine. */
  machine: z.string(),
  /** The WAL that leads on from it. */
  archive: z.string(),
  timeline: z.int().positive(),
  /** From here its WAL is read. */
  startLsn: z.string(),
  /** Here it is consistent. */
  stopLsn: z.string(),
  segmentBytes: z.int().positive(),
  /** Unpacked. */
  folderBytes: z.int().nonnegative(),
  /** Which of its databases is ours, and as whom it was read. */
  database: z.string(),
  user: z.string(),
  /** Names of its tables. */
  tables: z.array(z.string()),
  file: z.object({
    key: z.string(),
    bytes: z.int().positive(),
    sha256: z.string(),
    encryptedTo: z.array(z.string()),
  }),
});
export type BaseManifest = z.infer<typeof BaseManifest>;

export type Base = Kept<BaseManifest>;

export const BASES: Shelf<BaseManifest> = { folder: 'base', manifest: BaseManifest };

export const baseKey = (id: string, name: string): string => backupKey(id, name, BASES.folder);

/** All base backups in a store, the oldest first. */
export const readBases = (store: Readable): Promise<Contents<BaseManifest>> => readShelf(store, BASES);
