import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { searchDatabase } from '@transcode/testing';
import { Redis } from 'ioredis';
import { databaseUrlOf, redisUrlOf } from './database-url.ts';

/** Where in a running installation one of these stands: in a row, a key or value of Redis, or a file below one of these folders. */
export async function findMarks(
  data: string,
  { marks, folders }: { marks: readonly string[]; folders: readonly string[] },
): Promise<string[]> {
  const inFiles = await Promise.all(folders.map((folder) => searchFiles(path.join(data, folder), data, marks)));
  return [
    ...(await searchDatabase(await databaseUrlOf(data), marks)).map((found) => `database ${found}`),
    ...(await searchRedis(data, marks)),
    ...inFiles.flat(),
  ].toSorted();
}

async function searchFiles(folder: string, data: string, marks: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(data, file);
    const bytes = entry.isFile() ? await readFile(file) : Buffer.alloc(0);
    found.push(
      ...marks.filter((mark) => name.includes(mark) || bytes.includes(mark)).map((mark) => `${name}: ${mark}`),
    );
  }
  return found;
}

async function searchRedis(data: string, marks: readonly string[]): Promise<string[]> {
  const redis = new Redis(await redisUrlOf(data));
  try {
    const found: string[] = [];
    for await (const keys of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>)
      for (const key of keys) {
        // What is compressed there is found by no search of its bytes, so each is read as what it is.
        const text = `${key} ${JSON.stringify(await valueOf(redis, key))}`;
        found.push(...marks.filter((mark) => text.includes(mark)).map((mark) => `redis ${key}: ${mark}`));
      }
    return found;
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    case 'stream':
      return redis.xrange(key, '-', '+');
    // It was forgotten since.
    case 'none':
      return null;
    default:
      throw new Error(`${key} is a ${type}, which nobody searches.`);
  }
}
