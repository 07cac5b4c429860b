import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startWorld, type World, type WorldOptions } from '@transcode/bench/chaos';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { seededRandom } from '@transcode/testing/random';
import { Client } from './client.ts';

/** An installation of processes that a test may strike one by one, and what it takes to use it and to look into it. */
export interface StruckWorld extends World {
  readonly client: Client;
  /** A source whose chunks take a few seconds each, of a ladder of two small rungs (`chaos`) or the usual one (`web`). */
  source(name: string, options?: { seconds?: number; height?: number }): Promise<string>;
  /** What one of its processes has written, line by line. */
  log(name: string): Promise<LogLine[]>;
  /** The tasks of a video and the last lines of every process, for a test that has waited in vain. */
  story(videoId: string): Promise<string>;
  /** Every key below this prefix, with the digest of the object. */
  digests(prefix: string): Promise<Map<string, string>>;
}

interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

const RATE = 25;
const STORY_LINES = 25;

export async function openWorld(options: Partial<Omit<WorldOptions, 'root' | 'random'>> = {}): Promise<StruckWorld> {
  const { apis = 2, workers = 2, chunkSegments = 1, storage = 's3', insteadOfFfmpeg } = options;
  const root = path.resolve(import.meta.dirname, '../..');
  const world = await startWorld({
    root,
    storage,
    apis,
    workers,
    chunkSegments,
    insteadOfFfmpeg,
    random: seededRandom(1),
  });
  const client = new Client(world.lines[0]?.url ?? '', world.key);
  return {
    ...world,
    client,
    source(name, { seconds = 14, height = 180 } = {}) {
      const picture = { frames: seconds * RATE, width: Math.round((height * 16) / 9), height };
      const steps = [[...inputs(picture), ...X264, ...AAC, '{}']];
      const source = { name, file: `${name}.mp4`, steps, expect: { refused: '' } };
      return makeCase(world.tools.ffmpeg, source, path.join(world.folder, 'sources'));
    },
    async log(name) {
      const text = await readFile(path.join(world.folder, 'logs', `${name}.log`), 'utf8');
      return text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as LogLine);
    },
    async story(videoId) {
      const tasks = await world.db.task.findMany({
        where: { job: { videoId } },
        orderBy: [{ stage: 'asc' }, { index: 'asc' }],
      });
      const logs = await Promise.all(
        [...world.apis, ...world.workers].map(async ({ name }) => {
          const text = await readFile(path.join(world.folder, 'logs', `${name}.log`), 'utf8');
          return `${name}:\n${text.trimEnd().split('\n').slice(-STORY_LINES).join('\n')}`;
        }),
      );
      const rows = tasks.map(
        ({ stage, index, state, token, workerId, attempts, infraAttempts, failureText }) =>
          `${stage} ${index} ${state} token ${token} ${workerId ?? '-'} ${attempts}/${infraAttempts} ${failureText ?? ''}`,
      );
      return [...rows, ...logs].join('\n');
    },
    async digests(prefix) {
      const found = new Map<string, string>();
      for await (const { key } of world.storage.list(prefix)) found.set(key, digest(await world.storage.read(key)));
      return found;
    },
  };
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
