import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TranscodeError } from '@transcode/contracts';
import { ServerStartError } from '@transcode/servers';
import type { Storage } from '@transcode/storage';
import { putJson } from '../backup-store.ts';
import { reasonOf } from '../load.ts';
import { ProgramFailure } from '../run-program.ts';
import { checkRecipients, metered, passingKey, seal, unseal } from '../seal.ts';
import { fetchDump } from './fetch-dump.ts';
import { loadDump } from './load-dump.ts';
import type { RedisEngine } from './redis-engine.ts';
import { redisBackupId, redisKey, tidyRedisBackups, type RedisManifest } from './redis-store.ts';

export interface MadeRedisBackup {
  manifest: RedisManifest;
  /** Ids of those that were old enough to go. */
  removed: readonly string[];
}

/**
 * Makes a backup of Redis: what it holds is stored, read back and loaded into a Redis of its own, and only then its manifest is written, without
 * which it does not count. Whatever fails is thrown, and the older ones stay.
 */
export async function backUpRedis(engine: RedisEngine): Promise<MadeRedisBackup> {
  const { store, scratch, recipients, keptDays, say, now = () => new Date() } = engine;
  checkRecipients(recipients);
  await store.health();
  const begunAt = now();
  const id = redisBackupId(begunAt);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(scratch, 'redis-'));
  try {
    say?.(`Dumping Redis into ${id} …`);
    const dump = join(folder, 'dump.rdb');
    await fetchDump(engine, folder, dump);
    const passing = recipients.length === 0 ? undefined : await passingKey();
    const key = redisKey(id, passing === undefined ? 'dump.rdb' : 'dump.rdb.age');
    const sealed = metered(
      await seal(createReadStream(dump), passing === undefined ? [] : [...recipients, passing.recipient]),
    );
    await store.put(key, sealed.stream);
    await rm(dump);
    const file = { key, ...sealed.result(), encryptedTo: [...recipients] };

    say?.(`Loading ${id} into a scratch Redis …`);
    const dataDir = join(folder, 'loaded');
    await mkdir(dataDir, { mode: 0o700 });
    await readBack(store, { id, file, identity: passing?.identity, path: join(dataDir, 'dump.rdb') });
    const loaded = await loadDump(engine.bin, dataDir).catch((error: unknown) => {
      throw error instanceof ServerStartError ? damaged(id, lastWord(error), error) : error;
    });
    const manifest: RedisManifest = {
      ...{ format: 1, id, kind: 'redis', begunAt: begunAt.toISOString(), endedAt: now().toISOString() },
      ...{ product: engine.product, ...loaded, file },
    };
    await putJson(store, redisKey(id, 'manifest.json'), manifest);
    return { manifest, removed: await tidyRedisBackups(store, now(), keptDays) };
  } catch (error) {
    throw failed(error);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface Stored {
  id: string;
  file: RedisManifest['file'];
  identity: string | undefined;
  path: string;
}

async function readBack(store: Storage, { id, file, identity, path }: Stored): Promise<void> {
  const { stream, result } = metered(await store.get(file.key));
  const body = identity === undefined ? stream : await unseal(stream, [identity], id);
  await pipeline(body, createWriteStream(path, { mode: 0o600 }));
  const { bytes, sha256 } = result();
  if (bytes !== file.bytes || sha256 !== file.sha256)
    throw damaged(id, 'its dump is not what was written: the checksum differs');
}

/** The line of Redis that says what was wrong with the file. */
function lastWord({ tail, message }: ServerStartError): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.findLast((one) => /error|short read|wrong|can't|unexpected|terminating/i.test(one)) ?? lines.at(-1);
  return (line ?? message).replace(/^\d+:\w \d+ \w+ \d+ [\d:.]+ [*#.-] /, '').replace(/\.$/, '');
}

const damaged = (backup: string, reason: string, cause?: unknown): TranscodeError =>
  new TranscodeError('backup_damaged', { backup, reason }, { cause });

function failed(error: unknown): TranscodeError {
  if (error instanceof TranscodeError) return error;
  const tail = error instanceof ProgramFailure ? { tail: error.tail } : {};
  return new TranscodeError('backup_failed', { reason: reasonOf(error) }, { cause: error, ...tail });
}
