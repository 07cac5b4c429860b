import { ErasureKind, TranscodeError } from '@transcode/contracts';
import type { Erasure, Tombstone } from '@transcode/db';
import type { Storage } from '@transcode/storage';
import * as z from 'zod';
import { putJson, readJson, type Readable } from '../backup-store.ts';

/** `tombstone.json` and, once nothing is left, `receipt.json` beside it. */
const File = z.object({
  format: z.literal(1),
  id: z.uuid(),
  kind: ErasureKind,
  subjectId: z.uuid(),
  askedByUserId: z.uuid().nullable(),
  askedByKeyId: z.uuid().nullable(),
  askedAt: z.iso.datetime(),
  receipt: z
    .object({ erasedAt: z.iso.datetime(), rows: z.int().nonnegative(), objects: z.int().nonnegative() })
    .optional(),
});
type File = z.infer<typeof File>;

/** As much of a row as is told. */
export type ToldErasure = Omit<Erasure, 'tombstoneAt' | 'receiptAt' | 'reappliedAt'>;

const FOLDER = 'erasures/';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** All that it takes to erase once more stands in the name: a file that cannot be read hides nothing. */
const NAME = new RegExp(`^(\\d{8}T\\d{6}Z)-(video|user|workspace)-(${UUID})-(${UUID})$`);

/** Writes what the store has not got of it. Each file is written once and holds ids and times alone. */
export async function putTombstone(store: Storage, erasure: ToldErasure): Promise<void> {
  const { id, kind, subjectId, askedByUserId, askedByKeyId, askedAt, erasedAt, rows, objects } = erasure;
  const folder = `${FOLDER}${compact(askedAt)}-${kind}-${subjectId}-${id}/`;
  const told: File = { format: 1, id, kind, subjectId, askedByUserId, askedByKeyId, askedAt: askedAt.toISOString() };
  await putOnce(store, `${folder}tombstone.json`, told);
  if (erasedAt === null) return;
  await putOnce(store, `${folder}receipt.json`, {
    ...told,
    receipt: { erasedAt: erasedAt.toISOString(), rows, objects },
  });
}

/** What lies there of one erasure. */
export interface FoundTombstone {
  readonly id: string;
  readonly kind: ErasureKind;
  readonly subjectId: string;
  /** To the second. */
  readonly askedAt: Date;
  /** In the order of their names: the receipt first, where there is one. */
  readonly keys: readonly string[];
}

/** All that a store has, the oldest first. */
export async function listTombstones(store: Readable): Promise<FoundTombstone[]> {
  const folders = new Map<string, string[]>();
  for await (const { key } of store.list(FOLDER)) {
    const [, name = ''] = key.split('/');
    folders.set(name, [...(folders.get(name) ?? []), key]);
  }
  return [...folders].flatMap(([name, keys]) => {
    const [, time = '', kind, subjectId = '', id = ''] = NAME.exec(name) ?? [];
    if (kind === undefined) return [];
    return [{ id, kind: ErasureKind.parse(kind), subjectId, askedAt: parsed(time), keys: keys.toSorted() }];
  });
}

/** With who asked, and what went, as far as that can be read. */
export async function readTombstone(store: Readable, found: FoundTombstone): Promise<Tombstone> {
  const { id, kind, subjectId, askedAt, keys } = found;
  const files = await Promise.all(keys.map(async (key) => File.safeParse(await readJson(store, key)).data));
  const file = files.find((one) => one !== undefined);
  const { receipt } = files.find((one) => one?.receipt !== undefined) ?? {};
  return {
    ...{ id, kind, subjectId },
    ...{ askedByUserId: file?.askedByUserId ?? null, askedByKeyId: file?.askedByKeyId ?? null },
    askedAt: file === undefined ? askedAt : new Date(file.askedAt),
    receipt: receipt === undefined ? undefined : { ...receipt, erasedAt: new Date(receipt.erasedAt) },
  };
}

/** One that is there already says the same. */
async function putOnce(store: Storage, key: string, file: File): Promise<void> {
  try {
    await putJson(store, key, file);
  } catch (error) {
    if (!(error instanceof TranscodeError && error.code === 'conflict')) throw error;
  }
}

const compact = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
const parsed = (time: string): Date =>
  new Date(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
