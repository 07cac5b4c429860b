import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { startBenchStack } from './src/bench-stack.ts';
import { percentile } from './src/lists/percentile.ts';
import { watchMemory } from './src/memory.ts';
import { prepareBare } from './src/reads/prepare-bare.ts';
import { LoadProcess, startBareServer } from './src/reads/processes.ts';
import { seedVideos } from './src/reads/seed-videos.ts';
import { startReadsApi } from './src/reads/start-reads-api.ts';
import { median } from './src/rounds.ts';
import { table } from './src/table.ts';

const Options = z.object({
  videos: z.coerce.number().int().min(50).max(200).default(60),
  rounds: z.coerce.number().int().min(1).default(7),
  seconds: z.coerce.number().min(0.2).default(2),
});

/** What is promised: of a bare server's speed, of the answers' times, and of the API's memory meanwhile. */
const PROMISED = { ratio: 0.5, p99Ms: 50, mib: 400 };
const CONNECTIONS = 20;
/** Code is compiled and caches fill until then. */
const WARM_UP_MS = 3_000;

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/** What was asked of one server in one round. */
interface Round {
  readonly perSecond: number;
  readonly times: readonly number[];
}

interface Route {
  readonly name: string;
  readonly paths: readonly string[];
  readonly api: Round[];
  readonly bare: Round[];
}

/**
 * How many reads the API answers in a second, beside a bare server that answers the same bytes after the same check of a key. The two are
 * asked in turn, as the machine's speed changes from one minute to the next.
 */
export async function run(argv: readonly string[], { root, print }: Context): Promise<number> {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...argv], options: { videos: number, rounds: number, seconds: number } });
  const { videos, rounds, seconds } = Options.parse(values);
  const stack = await startBenchStack(root);
  const load = new LoadProcess();
  const redis = new Redis(stack.environment['REDIS_URL'] ?? '');
  try {
    const { port, pid, keys, workspaceId } = await startReadsApi(stack, { connections: CONNECTIONS });
    await seedVideos(stack.db, workspaceId, videos);
    const ask = (at: number) => (path: string) => textOf(at, path, keys[0] ?? '');
    const ids = await prepareBare(stack.db, async (path) => JSON.parse(await ask(port)(path)), workspaceId);
    const bare = await startBareServer(stack.environment['DATABASE_URL'] ?? '');
    try {
      const routes = routesOf(ids);
      for (const { paths } of routes)
        for (const path of paths)
          if ((await ask(port)(path)) !== (await ask(bare.port)(path)))
            throw new Error(`GET ${path} is not the same from both.`);
      const measure = async (at: number, paths: readonly string[], ms: number): Promise<Round> => {
        // What a key may ask in a minute is asked in a second here.
        await redis.flushdb();
        const began = performance.now();
        const { times, failed } = await load.ask({ port: at, keys: [...keys], paths: [...paths], ms });
        if (failed > 0) throw new Error(`${failed} of ${times.length} requests for ${paths[0]} failed.`);
        return { perSecond: times.length / ((performance.now() - began) / 1000), times };
      };
      for (const { paths } of routes) for (const at of [port, bare.port]) await measure(at, paths, WARM_UP_MS);
      print(
        `${CONNECTIONS} connections, ${videos} videos, ${rounds} rounds of ${seconds} s for each route and server.`,
      );
      const watch = watchMemory(pid);
      for (let round = 0; round < rounds; round += 1)
        for (const { paths, ...results } of routes) {
          const sides = [[results.api, port] as const, [results.bare, bare.port] as const];
          for (const [side, at] of round % 2 === 0 ? sides : sides.toReversed())
            side.push(await measure(at, paths, seconds * 1000));
        }
      return report(routes, watch.stop().peakMiB, print);
    } finally {
      await bare.stop();
    }
  } finally {
    await load.stop();
    redis.disconnect();
    await stack.dispose();
  }
}

function routesOf(ids: readonly string[]): Route[] {
  const paths = {
    'videos, 50 a page': ['/api/v1/videos?limit=50'],
    'one video': ids.map((id) => `/api/v1/videos/${id}`),
    'jobs, 50 a page': ['/api/v1/jobs?limit=50'],
    me: ['/api/v1/me'],
  };
  return Object.entries(paths).map(([name, each]) => ({ name, paths: each, api: [], bare: [] }));
}

async function textOf(port: number, path: string, key: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${key}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}: ${text}`);
  return text;
}

function report(routes: readonly Route[], peakMiB: number, print: Context['print']): number {
  const complaints: string[] = [];
  const rows = routes.map(({ name, api, bare }) => {
    const ratios = api.map(({ perSecond }, at) => perSecond / (bare[at]?.perSecond ?? Number.NaN));
    const p99 = percentile(
      api.flatMap(({ times }) => times),
      0.99,
    );
    if (!(median(ratios) >= PROMISED.ratio))
      complaints.push(`${name}: less than ${PROMISED.ratio} of the bare server.`);
    if (p99 > PROMISED.p99Ms) complaints.push(`${name}: p99 is over ${PROMISED.p99Ms} ms.`);
    const speeds = [api, bare].map((side) => median(side.map(({ perSecond }) => perSecond)).toFixed(0));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    return [name, ...speeds, median(ratios).toFixed(2), spread, p99.toFixed(1)];
  });
  if (peakMiB > PROMISED.mib) complaints.push(`The API takes more than ${PROMISED.mib} MiB.`);
  for (const line of table([['', 'API /s', 'bare /s', 'ratio', 'spread', 'p99 ms'], ...rows])) print(line);
  print(`The API took ${peakMiB.toFixed(0)} MiB at its most.`);
  for (const complaint of complaints) print(`BROKEN: ${complaint}`);
  return complaints.length === 0 ? 0 : 1;
}
