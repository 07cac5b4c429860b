import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askPrometheus } from '../means/ask-prometheus.ts';
import { kubectl, NAMESPACE, query, tryInside, untilReady } from '../means/cluster.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';
import { ADAPTER, KEDA, METRICS_SERVER, withTeller } from '../means/tellers.ts';
import { until } from '../means/until.ts';
import { replicasOf, untilReplicas, upgraded } from './by-processors.ts';

const BACKLOG = 100;
/** Ten tasks a worker. */
const WORKERS = BACKLOG / 10;
/** The specification's are ten and two minutes; `infra/helm/test/scaling.test.ts` holds those. */
const [WINDOW_SECONDS, PERIOD_SECONDS] = [60, 20];
const SOON = [
  `workers.cpu.autoscaling.behavior.scaleDown.stabilizationWindowSeconds=${WINDOW_SECONDS}`,
  'workers.cpu.autoscaling.behavior.scaleDown.policies[0].type=Pods',
  'workers.cpu.autoscaling.behavior.scaleDown.policies[0].value=1',
  `workers.cpu.autoscaling.behavior.scaleDown.policies[0].periodSeconds=${PERIOD_SECONDS}`,
].flatMap((value) => ['--set', value]);
const LOOK_MS = 1_000;
const BUSY_MS = 4 * 60_000;

/**
 * So many tasks of the class `cpu`, on a job that is over, as nodes that share two processors could not do them: some run by a lease that
 * nobody renews and that is far from its end.
 */
async function layBacklog(tasks: number, how: string): Promise<void> {
  await query(`
    INSERT INTO "Task" (id, "jobId", stage, index, class, state, token, "queuedAt", "workerId", "leaseUntil", requires, "notBefore")
    SELECT gen_random_uuid(), (SELECT id FROM "Job" WHERE state = 'completed' LIMIT 1), 'encode', 10000 + n, 'cpu', ${how}
    FROM generate_series(1, ${tasks}) n`);
}
const RUNNING = `'running', 1, now(), 'nobody', now() + interval '1 day', '{}', NULL`;
const BOUND = `'queued', 0, now(), NULL, NULL, '{"build":"of-nobody"}', NULL`;
const LATER = `'queued', 0, now(), NULL, NULL, '{}', now() + interval '1 day'`;
const takeBacklog = (): Promise<string> => query('DELETE FROM "Task" WHERE index >= 10000');

/** From the API of Kubernetes, as autoscalers ask. */
async function told(): Promise<number | undefined> {
  const path = `/apis/external.metrics.k8s.io/v1beta1/namespaces/${NAMESPACE}/transcode_class_demand_tasks?labelSelector=class%3Dcpu`;
  const { code, stdout } = await tryInside(['kubectl', 'get', '--raw', path]);
  // An adapter that has just begun knows of nothing until it has asked Prometheus what there is.
  if (code !== 0) return undefined;
  const { items } = JSON.parse(stdout) as { items: { value: string }[] };
  return items[0] === undefined ? undefined : Number(items[0].value);
}

/** Each number that a Deployment was set to, and when, until it is `last`. */
async function stepsTo(name: string, last: number, seconds: number): Promise<{ at: number; to: number }[]> {
  const began = Date.now();
  const steps = [{ at: 0, to: await replicasOf(name) }];
  while (steps.at(-1)?.to !== last) {
    if (Date.now() - began > seconds * 1_000) throw new Error(`${name} went ${JSON.stringify(steps)}.`);
    await sleep(LOOK_MS);
    const to = await replicasOf(name);
    if (to !== steps.at(-1)?.to) steps.push({ at: (Date.now() - began) / 1_000, to });
  }
  return steps;
}

/** Up to ten for a hundred, then down one by one; and what is stopped, bound or resting asks for nobody. */
async function goesByWhatWaits(hpa: string): Promise<void> {
  await takeBacklog();
  // Those that were before an upgrade are forgotten within five minutes.
  const replicas = 'count(transcode_class_demand_tasks{class="cpu",priority="normal"})';
  await until('three replicas of the API tell', async () => ((await askPrometheus(replicas)) === 3 ? 3 : undefined), {
    seconds: 400,
  });
  await layBacklog(BACKLOG, RUNNING);
  await untilReplicas('worker-cpu', WORKERS, 240);
  say(await kubectl('get', 'hpa', hpa, '--namespace', NAMESPACE));
  await untilReady(600);
  await takeBacklog();
  const [begin, ...steps] = await stepsTo('worker-cpu', 2, WINDOW_SECONDS + 12 * PERIOD_SECONDS + 180);
  say(`From ${begin?.to} down: ${steps.map(({ at, to }) => `${to} after ${at.toFixed(0)} s`).join(', ')}.`);
  expect(steps.map(({ to }) => to)).toEqual([9, 8, 7, 6, 5, 4, 3, 2]);
  // An autoscaler looks every 15 s, so that two of its steps may be that much nearer to each other than they were made.
  expect(steps[0]?.at).toBeGreaterThan(WINDOW_SECONDS - 15);
  for (const [index, { at }] of steps.slice(1).entries())
    expect(at - (steps[index]?.at ?? 0)).toBeGreaterThan(PERIOD_SECONDS - 15);

  await query(`INSERT INTO "WorkControl" (scope, state, by) VALUES ('class:cpu', 'paused', 'nobody')`);
  await layBacklog(40, BOUND);
  await query(`UPDATE "Task" SET index = index + 1000 WHERE index >= 10000`);
  await layBacklog(40, LATER);
  await sleep(60_000);
  expect(await askPrometheus('sum(class_priority:transcode_class_demand_tasks:max{class="cpu"})')).toBe(0);
  expect(await replicasOf('worker-cpu')).toBe(2);
  await takeBacklog();
  await query(`DELETE FROM "WorkControl" WHERE scope = 'class:cpu'`);
}

/** What waits, told by the real programs: from rows in Postgres over our rule to pods. An autoscaler that does not know memory takes nobody away. */
export function byBacklog(): void {
  test('prometheus-adapter: a hundred tasks are a hundred to an autoscaler, and ten workers; then fewer, one by one', async () => {
    await upgraded('--set', 'autoscaling.backlog=adapter', ...SOON);
    await untilReady(300);
    await withTeller(METRICS_SERVER, () =>
      withTeller(ADAPTER, async () => {
        await takeBacklog();
        await until('the number is told', told, { seconds: 180 });
        await layBacklog(BACKLOG, RUNNING);
        expect(
          await until('a hundred', async () => ((await told()) === BACKLOG ? BACKLOG : undefined), { seconds: 120 }),
        ).toBe(BACKLOG);
        await takeBacklog();
        await untilReplicas('worker-cpu', 2, 600);
        await goesByWhatWaits('worker-cpu');

        const { id } = await people.upload('endless.mp4', await clip(240));
        const seen = new Set<number>();
        let encodes = 0;
        for (const end = Date.now() + BUSY_MS; Date.now() < end; await sleep(LOOK_MS)) {
          seen.add(await replicasOf('worker-cpu'));
          encodes += Number(await query(`SELECT count(*) FROM "Task" WHERE state = 'running' AND stage = 'encode'`));
        }
        say(`${encodes} looks found an encode under way, and as many workers as ever: ${[...seen].join(', ')}.`);
        expect([...seen]).toEqual([2]);
        expect(encodes).toBeGreaterThan(10);
        await people.ready(id);
      }),
    );
  });

  test('KEDA: the same, by a ScaledObject', async () => {
    await kubectl('delete', 'hpa', 'worker-cpu', '--namespace', NAMESPACE);
    await withTeller(METRICS_SERVER, () =>
      withTeller(KEDA, async () => {
        await upgraded('--set', 'autoscaling.backlog=keda', '--set', 'autoscaling.keda.pollingSeconds=5', ...SOON);
        try {
          await untilReady(300);
          await goesByWhatWaits('keda-hpa-worker-cpu');
        } finally {
          // Nobody but KEDA lets go of what it scales.
          await upgraded();
        }
      }),
    );
    await untilReady(300);
    expect(await replicasOf('worker-cpu')).toBe(2);
  });
}
