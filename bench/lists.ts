import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createApiKey } from '@transcode/api/local';
import { freePort } from '@transcode/servers';
import { seededRandom } from '@transcode/testing/random';
import * as z from 'zod';
import { startBenchStack, type BenchStack } from './src/bench-stack.ts';
import { openSessions } from './src/lists/open-sessions.ts';
import { percentile } from './src/lists/percentile.ts';
import { randomQuery, type ListQuery } from './src/lists/random-query.ts';
import { seedJobs } from './src/lists/seed-jobs.ts';
import { table } from './src/table.ts';

const Options = z.object({
  jobs: z.coerce.number().int().min(10_000).default(1_000_000),
  requests: z.coerce.number().int().min(100).default(3_000),
  seed: z.coerce.number().int().default(1),
});

/** What is promised: 99 of 100 answers within this, in milliseconds. */
const PROMISED_P99_MS = 20;
/** Connections, caches and compiled code come first. */
const WARM_UP = 300;
/** So many operators, and as many keys: each may ask 1,200 times a minute. */
const CALLERS = 8;

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

interface Answer {
  readonly query: ListQuery;
  readonly ms: number;
  readonly rows: number;
  readonly next: string | null;
}

const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });

/** How fast the list of jobs answers over HTTP with a million of them, whatever it is filtered by. */
export async function run(argv: readonly string[], { root, print }: Context): Promise<number> {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...argv], options: { jobs: number, requests: number, seed: number } });
  const { jobs, requests, seed } = Options.parse(values);
  const stack = await startBenchStack(root);
  try {
    const started = performance.now();
    await seedJobs(stack.db, jobs);
    print(`${jobs.toLocaleString('en')} jobs made in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
    const answers = await ask(await startApi(stack, root), { requests: requests + WARM_UP, seed });
    return report(answers.slice(WARM_UP), print);
  } finally {
    await stack.dispose();
  }
}

/** Half of them are the next page of an answer before. */
async function ask(
  { url, callers }: { url: string; callers: readonly Headers[] },
  { requests, seed }: { requests: number; seed: number },
): Promise<Answer[]> {
  const random = seededRandom(seed);
  const answers: Answer[] = [];
  for (let at = 0; at < requests; at += 1) {
    const last = answers.at(-1);
    const cursor = last?.next ?? undefined;
    const goOn = last !== undefined && cursor !== undefined && random.next() < 0.5;
    const query: ListQuery = goOn ? { ...last.query, params: { ...last.query.params, cursor } } : randomQuery(random);
    answers.push(await askOnce(url, random.pick(callers), query));
  }
  return answers;
}

async function askOnce(url: string, headers: Headers, query: ListQuery): Promise<Answer> {
  const address = `${url}/api/v1/jobs?${new URLSearchParams(query.params).toString()}`;
  const started = performance.now();
  const response = await fetch(address, { headers });
  const text = await response.text();
  const ms = performance.now() - started;
  if (!response.ok) throw new Error(`GET ${address} was answered ${response.status}: ${text}`);
  const { items, nextCursor } = Page.parse(JSON.parse(text));
  return { query, ms, rows: items.length, next: nextCursor };
}

/** Operators see all workspaces, a key its own: the two are found by different indexes. */
async function startApi(stack: BenchStack, root: string): Promise<{ url: string; callers: Headers[] }> {
  const port = await freePort();
  const authSecret = randomBytes(32).toString('hex');
  const secrets = { AUTH_SECRET: authSecret, GRANT_SECRET: randomBytes(32).toString('hex') };
  await stack.startProcess('api', { ...secrets, PORT: String(port) });
  const cookies = await openSessions(stack.db, { root, authSecret, role: 'operator', count: CALLERS });
  const callers = cookies.map((cookie) => new Headers({ cookie }));
  for (let at = 0; at < CALLERS; at += 1) {
    const { key } = await createApiKey(stack.db, { name: 'lists', role: 'editor' });
    callers.push(new Headers({ authorization: `Bearer ${key}` }));
  }
  return { url: `http://127.0.0.1:${port}`, callers };
}

function report(answers: readonly Answer[], print: Context['print']): number {
  const kinds = [...Map.groupBy(answers, ({ query }) => query.kind), ['all', answers] as const];
  const rows = kinds.map(([kind, ofKind]: readonly [string, readonly Answer[]]) => {
    const times = ofKind.map(({ ms }) => ms);
    const mean = ofKind.reduce((sum, answer) => sum + answer.rows, 0) / ofKind.length;
    const figures = [percentile(times, 0.5), percentile(times, 0.99), Math.max(...times)].map((ms) => ms.toFixed(1));
    return [kind, String(ofKind.length), mean.toFixed(0), ...figures];
  });
  for (const line of table([['filtered by', 'requests', 'rows', 'p50 ms', 'p99 ms', 'most ms'], ...rows])) print(line);
  const slowest = answers.toSorted((one, other) => other.ms - one.ms).slice(0, 5);
  for (const { query, ms } of slowest) print(`${ms.toFixed(1)} ms: ${new URLSearchParams(query.params).toString()}`);
  const p99 = percentile(
    answers.map(({ ms }) => ms),
    0.99,
  );
  const holds = p99 <= PROMISED_P99_MS;
  print(`${holds ? 'Holds' : 'BROKEN'}: p99 is ${p99.toFixed(1)} ms, promised are ${PROMISED_P99_MS} ms.`);
  return holds ? 0 : 1;
}
