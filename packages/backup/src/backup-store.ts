import { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type * as z from 'zod';
import { Manifest, Proof } from './manifest.ts';

/** Something that was made and has to be restored before it counts, as it lies in its store. */
export interface Kept<M> {
  id: string;
  /** Grows with each: what came after what is told by this and by no clock. */
  number: number;
  manifest: M;
  /** In the order in which they were tried. */
  proofs: readonly Proof[];
  keys: readonly string[];
}

/** All that it takes to look into a store. */
export type Readable = Pick<Storage, 'list' | 'read'>;

/** A dump of the database. */
export type Backup = Kept<Manifest>;

/** Where one kind of them is, and what says what each of them is. */
export interface Shelf<M> {
  folder: string;
  manifest: z.ZodType<M & { id: string }>;
}

export interface Contents<M> {
  backups: readonly Kept<M>[];
  /** Folders without a manifest: of runs that did not come to their end. */
  unfinished: readonly { id: string; keys: readonly string[] }[];
  /** Their manifest cannot be read. Nobody removes them but a person. */
  damaged: readonly string[];
  lastNumber: number;
}

const DUMPS: Shelf<Manifest> = { folder: 'postgres', manifest: Manifest };
const ID = /^(\d{8})-\d{8}T\d{6}Z$/;

/** `00000012-20261130T020000Z`. */
export function backupId(number: number, at: Date): string {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${String(number).padStart(8, '0')}-${time}`;
}

export const backupKey = (id: string, name: string, folder: string = DUMPS.folder): string => `${folder}/${id}/${name}`;

/** All dumps in a store, the oldest first. */
export const readBackups = (store: Readable): Promise<Contents<Manifest>> => readShelf(store, DUMPS);

/** Everything of one kind in a store, the oldest first. Others' objects are left alone. */
export async function readShelf<M>(store: Readable, shelf: Shelf<M>): Promise<Contents<M>> {
  const folders = new Map<string, string[]>();
  for await (const { key } of store.list(`${shelf.folder}/`)) {
    const [, id = ''] = key.split('/');
    if (ID.test(id)) folders.set(id, [...(folders.get(id) ?? []), key]);
  }
  const backups: Kept<M>[] = [];
  const unfinished: { id: string; keys: string[] }[] = [];
  const damaged: string[] = [];
  for (const [id, keys] of [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (!keys.includes(backupKey(id, 'manifest.json', shelf.folder))) {
      unfinished.push({ id, keys });
      continue;
    }
    const manifest = await readManifest(store, id, shelf);
    if (manifest === undefined) damaged.push(id);
    else backups.push({ id, number: numberOf(id), manifest, proofs: await readProofs(store, keys), keys });
  }
  return { backups, unfinished, damaged, lastNumber: Math.max(0, ...[...folders.keys()].map(numberOf)) };
}

/** Whether its last proof went well: only such a backup counts. */
export function isGood({ proofs }: Pick<Kept<unknown>, 'proofs'>): boolean {
  return proofs.at(-1)?.result === 'good';
}

/** Good, and not made by a restore of what that was to change: whoever restores once more means the one before. */
export const isOfBefore = (backup: Backup): boolean => isGood(backup) && backup.manifest.reason !== 'restore';

/** The backup of that id, or the newest that will do. */
export async function findBackup(
  store: Storage,
  id?: string,
  willDo: (backup: Backup) => boolean = isGood,
): Promise<Backup> {
  const { backups, damaged } = await readBackups(store);
  if (id !== undefined && damaged.includes(id))
    throw new TranscodeError('backup_damaged', { backup: id, reason: 'its manifest.json cannot be read' });
  const found = id === undefined ? backups.findLast(willDo) : backups.find((backup) => backup.id === id);
  if (found === undefined)
    throw new TranscodeError('backup_missing', { what: id === undefined ? 'good backup' : `backup ${id}` });
  return found;
}

/** Writes down how a restore of it went. */
export async function writeProof(
  store: Storage,
  { id, proofs }: Pick<Kept<unknown>, 'id' | 'proofs'>,
  proof: Proof,
  folder: string = DUMPS.folder,
): Promise<void> {
  const number = String(proofs.length + 1).padStart(4, '0');
  await putJson(store, backupKey(id, `proof-${number}.json`, folder), proof);
}

export async function putJson(store: Storage, key: string, value: object): Promise<void> {
  await store.put(key, Buffer.from(`${JSON.stringify(value, null, 2)}\n`), { contentType: 'application/json' });
}

/** The manifest goes first, so that nothing that lacks its dump ever looks like a backup. */
export async function removeBackup(store: Storage, { keys }: Pick<Kept<unknown>, 'keys'>): Promise<void> {
  const manifests = keys.filter((key) => key.endsWith('/manifest.json'));
  await store.delete(manifests);
  await store.delete(keys.filter((key) => !manifests.includes(key)));
}

const numberOf = (id: string): number => Number(ID.exec(id)?.[1] ?? 0);

async function readManifest<M>(store: Readable, id: string, shelf: Shelf<M>): Promise<M | undefined> {
  const parsed = shelf.manifest.safeParse(await readJson(store, backupKey(id, 'manifest.json', shelf.folder)));
  return parsed.success && parsed.data.id === id ? parsed.data : undefined;
}

async function readProofs(store: Readable, keys: readonly string[]): Promise<Proof[]> {
  const names = keys.filter((key) => /\/proof-\d{4}\.json$/.test(key)).toSorted();
  return Promise.all(names.map(async (key) => Proof.safeParse(await readJson(store, key)).data ?? UNREADABLE));
}

/** Whoever cannot read what became of a restore cannot say that it went well. */
const UNREADABLE: Proof = {
  ...{ format: 1, at: new Date(0).toISOString(), by: 'backup', product: '', seconds: 0, migrated: [] },
  ...{ result: 'bad', reason: 'its proof cannot be read' },
};

/** Undefined for what is no JSON. */
export async function readJson(store: Readable, key: string): Promise<unknown> {
  try {
    return JSON.parse((await store.read(key)).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
