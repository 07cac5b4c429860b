import type { Storage } from '@transcode/storage';
import * as z from 'zod';

/** `manifest.json` beside a dump of Redis: written once, after the stored dump was loaded. What has none does not count. */
export const RedisManifest = z.object({
  format: z.literal(1),
  id: z.string(),
  kind: z.literal('redis'),
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  product: z.string(),
  /** Of the scratch instance that it was loaded into. */
  server: z.string(),
  keys: z.int().nonnegative(),
  file: z.object({
    key: z.string(),
    bytes: z.int().positive(),
    /** Of what is stored. */
    sha256: z.string(),
    /** Public keys of age; empty where it is not encrypted. */
    encryptedTo: z.array(z.string()),
  }),
});
export type RedisManifest = z.infer<typeof RedisManifest>;

const FOLDER = 'redis';
const ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;
const DAY_MS = 24 * 3600 * 1000;
/** Whoever has not ended by then never will. */
const GIVEN_UP_MS = 2 * DAY_MS;

/** `20261130T030000Z-0a1b2c3d`: two that begin at once do not meet. */
export const redisBackupId = (at: Date): string =>
  `${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${crypto.randomUUID().slice(0, 8)}`;

export const redisKey = (id: string, name: string): string => `${FOLDER}/${id}/${name}`;

/**
 * Removes what is older than so many days and was followed by as many that count, and what was begun days ago and never counted. Returns the
 * ids of those that counted.
 */
export async function tidyRedisBackups(store: Storage, now: Date, days: number): Promise<string[]> {
  const folders = new Map<string, string[]>();
  for await (const { key } of store.list(`${FOLDER}/`)) {
    const [, id = ''] = key.split('/');
    if (ID.test(id)) folders.set(id, [...(folders.get(id) ?? []), key]);
  }
  const all = [...folders].map(([id, keys]) => ({ id, keys, manifest: redisKey(id, 'manifest.json') }));
  const counting = all
    .filter(({ keys, manifest }) => keys.includes(manifest))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const old = counting.slice(0, Math.max(0, counting.length - days)).filter(({ id }) => age(id, now) > days * DAY_MS);
  const given = all.filter(({ id, keys, manifest }) => !keys.includes(manifest) && age(id, now) > GIVEN_UP_MS);
  for (const { keys, manifest } of [...old, ...given]) {
    // Nothing that lacks its dump ever looks like a backup.
    if (keys.includes(manifest)) await store.delete([manifest]);
    await store.delete(keys.filter((key) => key !== manifest));
  }
  return old.map(({ id }) => id);
}

function age(id: string, now: Date): number {
  const begun = id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z');
  return now.getTime() - new Date(begun).getTime();
}
