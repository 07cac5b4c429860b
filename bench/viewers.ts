import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createApiKey } from '@transcode/api/local';
import { createEvents } from '@transcode/queue';
import { freePort } from '@transcode/servers';
import { collectedMemory } from '@transcode/testing';
import * as z from 'zod';
import { startBenchStack, type BenchStack } from './src/bench-stack.ts';
import { startInspected } from './src/inspected-process.ts';
import { watchMemory } from './src/memory.ts';
import { table } from './src/table.ts';
import { keepBusy } from './src/viewers/busy-jobs.ts';
import { CrowdProcess } from './src/viewers/crowd-process.ts';
import { Histogram } from './src/viewers/histogram.ts';

const Options = z.object({
  viewers: z.coerce.number().int().min(1).max(5_000).default(1_000),
  jobs: z.coerce.number().int().min(1).max(100).default(10),
  seconds: z.coerce.number().int().min(10).max(3_600).default(60),
});

const PROMISED_MS = 300;
/** What the API still holds when its garbage is gone may grow by so much, whichever is more. */
const GROWTH = { mib: 12, share: 0.1 };
/** Code is compiled and buffers grow: what happens until then is not judged. */
const WARM_UP_MS = 15_000;
/** What was told last is under way for so long. */
const SETTLE_MS = 1_500;

interface Context {
  readonly root: string;
  readonly print: (line: string) => void;
}

/** How late viewers hear what workers publish, when there are many of both, and whether that costs the API ever more memory. */
export async function benchViewers(argv: readonly string[], { root, print }: Context): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { viewers: { type: 'string' }, jobs: { type: 'string' }, seconds: { type: 'string' } },
  });
  const { viewers, jobs, seconds } = Options.parse(values);
  const stack = await startBenchStack(root);
  const events = createEvents({ redisUrl: stack.environment['REDIS_URL'] ?? '' });
  const crowd = new CrowdProcess();
  try {
    const { url, inspector, pid, keys, workspaceId } = await startApi(stack, viewers);
    await crowd.connect(url, keys);
    print(
      `${viewers} viewers on one API, each with a line of its own; ${jobs} jobs with two tasks in work each; ${seconds} s.`,
    );
    const busy = await keepBusy({ db: stack.db, events, workspaceId }, jobs);
    await sleep(WARM_UP_MS);
    const before = await collectedMemory(inspector);
    // While its garbage was collected the API told nothing.
    await sleep(SETTLE_MS);
    crowd.begin();
    const [statesBefore, progressBefore] = [busy.states(), busy.progress()];
    const watch = watchMemory(pid);
    await sleep(seconds * 1000);
    const { peakMiB } = watch.stop();
    await busy.stop();
    await sleep(SETTLE_MS);
    const after = await collectedMemory(inspector);
    const { broken, delays, fewestTold, mostTold } = await crowd.report();
    const states = busy.states() - statesBefore;
    const progress = busy.progress() - progressBefore;
    const late = new Histogram(delays);
    const growth = after.resident - before.resident;
    const allowed = Math.max(GROWTH.mib, GROWTH.share * before.resident);
    const p99 = late.percentile(0.99);
    for (const line of table([
      ['measure', 'value', 'promised'],
      ['hints of progress published', `${progress} (${(progress / seconds).toFixed(0)}/s)`, ''],
      ['hints of progress that viewers were told', late.total.toLocaleString('en'), ''],
      ['from publishing to a viewer, p50', `${late.percentile(0.5)} ms`, ''],
      ['p95', `${late.percentile(0.95)} ms`, ''],
      ['p99', `${p99} ms`, `${PROMISED_MS} ms at most`],
      ['slowest', `${late.percentile(1)} ms`, ''],
      ['other hints published', String(states), ''],
      ['other hints that a viewer was told', `${fewestTold} to ${mostTold}`, 'every one'],
      ['lines that broke', String(broken), '0'],
      ['memory of the API without garbage, at the start', `${before.resident.toFixed(1)} MiB`, ''],
      ['at the end', `${after.resident.toFixed(1)} MiB`, `${allowed.toFixed(1)} MiB more at most`],
      ['with garbage, at its most', `${peakMiB.toFixed(0)} MiB`, ''],
    ]))
      print(line);
    const complaints = [
      ...(p99 <= PROMISED_MS ? [] : [`One of a hundred hints came later than ${PROMISED_MS} ms.`]),
      ...(late.total > 0 ? [] : ['No viewer was told anything.']),
      // What was under way when counting began, or was told meanwhile, is told to some before it: never more than one round of it.
      ...(states - fewestTold <= jobs ? [] : ['Viewers missed hints of states.']),
      ...(broken === 0 ? [] : ['Lines broke.']),
      ...(growth <= allowed ? [] : ['The memory of the API grows.']),
    ];
    for (const complaint of complaints) print(`BROKEN: ${complaint}`);
    return complaints.length === 0 ? 0 : 1;
  } finally {
    await crowd.stop();
    await events.close();
    await stack.dispose();
  }
}

export { benchViewers as run };

async function startApi(
  stack: BenchStack,
  viewers: number,
): Promise<{ url: string; inspector: string; pid: number; keys: string[]; workspaceId: string }> {
  const port = await freePort();
  const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
  const { pid, inspector } = await startInspected(stack, 'api', { ...secrets, PORT: String(port) });
  const keys: string[] = [];
  for (let viewer = 0; viewer < viewers; viewer += 1)
    keys.push((await createApiKey(stack.db, { name: `viewer ${viewer}`, role: 'viewer' })).key);
  const { id: workspaceId } = await stack.db.workspace.findFirstOrThrow();
  return { url: `http://127.0.0.1:${port}`, inspector, pid, keys, workspaceId };
}
