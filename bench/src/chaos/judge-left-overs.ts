import { ChunkIndex, PublishedFolder, type TaskState } from '@transcode/contracts';
import { processesNaming } from '../process-table.ts';
import type { World } from './world.ts';

/** What BullMQ keeps of a queue that is empty, and the API's counters and the jobs' logs, which expire. */
const FIXED_KEYS = /^bull:transcode-\w+:(meta|id|events|marker|stalled-check|pc)$|^transcode:(rate|log):/;
const OPEN: TaskState[] = ['blocked', 'queued', 'running'];
/** So many are named; of the others only their number is told. */
const NAMED = 5;

/** Rows, keys, queue entries, objects and scratch files that nobody needs any more. */
export async function judgeLeftOvers(world: World): Promise<string[]> {
  return [
    ...(await openRows(world)),
    ...(await strayKeys(world)),
    ...(await strayObjects(world)),
    ...(await scratchFiles(world)),
  ];
}

async function openRows({ db }: World): Promise<string[]> {
  const tasks = await db.task.findMany({ where: { state: { in: OPEN } } });
  const jobs = await db.job.count({ where: { state: { in: ['queued', 'running'] } } });
  const locks = await db.uploadLock.count();
  const uploads = await db.upload.count({ where: { state: 'receiving' } });
  const videos = await db.video.count({ where: { state: { in: ['uploading', 'processing', 'playable'] } } });
  return [
    ...named(
      'tasks are open',
      tasks.map(({ stage, index, state }) => `${stage} ${index} ${state}`),
    ),
    ...counted(jobs, 'jobs are open'),
    ...counted(locks, 'upload locks are held'),
    ...counted(uploads, 'uploads are unfinished'),
    ...counted(videos, 'videos are on their way'),
  ];
}

async function strayKeys({ redis }: World): Promise<string[]> {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ count: 500 })) keys.push(...(found as string[]));
  return named(
    'keys are left in Redis',
    keys.filter((key) => !FIXED_KEYS.test(key)),
  );
}

async function strayObjects({ db, storage }: World): Promise<string[]> {
  const needed = new Set<string>();
  const videos = await db.video.findMany({ where: { state: { not: 'deleted' } }, include: { jobs: true } });
  for (const { sourceKey, jobs } of videos) {
    needed.add(sourceKey);
    for (const { published } of jobs) {
      if (published !== null) for (const { key } of PublishedFolder.parse(published).files) needed.add(key);
    }
  }
  for (const { result } of await db.chunk.findMany({ where: { state: 'done' } })) {
    for (const { init, segments } of ChunkIndex.parse(result).renditions)
      for (const { key } of [init, ...segments]) needed.add(key);
  }
  const stray: string[] = [];
  for await (const { key } of storage.list('w/')) if (!needed.delete(key)) stray.push(key);
  return [...named('objects in storage are nobody’s', stray), ...named('objects are missing in storage', [...needed])];
}

async function scratchFiles({ scratch }: World): Promise<string[]> {
  const left = await Promise.all(scratch.map((volume) => volume.left()));
  return named('scratch files are left', left.flat());
}

/** Once everything has been stopped. */
export function judgeProcesses(folder: string): string[] {
  const left = processesNaming(folder).map(({ pid, name }) => `${name} (pid ${pid})`);
  return named('processes are left', left);
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function named(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > NAMED ? ', …' : '';
  return [`${names.length} ${what}: ${names.slice(0, NAMED).join(', ')}${more}`];
}
