import { expect, test } from 'vitest';
import { kubectl, list, NAMESPACE, pods, query, tryHelm, untilReady, type Named } from '../means/cluster.ts';
import { again } from '../means/install-line.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';
import { until } from '../means/until.ts';

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
/** Where the API of this cluster is. */
const MARKS = [
  ...['--set', 'autoscaling.markBusyWorkers=true'],
  ...['--set', 'networkPolicy.kubernetesApi.peers[0].ipBlock.cidr=10.200.0.1/32'],
];
const TIMES = 5;

interface Marked extends Named {
  readonly metadata: Named['metadata'] & {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
}

interface Scaled extends Named {
  readonly spec: { readonly replicas: number };
}

/** Workers that are not going, by what their loss would cost; undefined where none said it yet. */
async function workers(): Promise<{ name: string; cost: number | undefined; evictable: string | undefined }[]> {
  const there = (await list<Marked>('pods', 'component=worker-cpu')).filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  return there.map(({ metadata: { name, annotations = {} } }) => ({
    name,
    cost: annotations[COST] === undefined ? undefined : Number(annotations[COST]),
    evictable: annotations[EVICT],
  }));
}

/** What the Deployment of workers is set to, once that is more than one. */
async function moreThanOne(): Promise<number | undefined> {
  const [deployment] = await list<Scaled>('deployments', 'component=worker-cpu');
  const replicas = deployment?.spec.replicas ?? 0;
  return replicas > 1 ? replicas : undefined;
}

const between = (least: number, most: number): Promise<string> =>
  kubectl(
    ...['patch', 'hpa', 'worker-cpu', '--namespace', NAMESPACE],
    ...['--patch', JSON.stringify({ spec: { minReplicas: least, maxReplicas: most } })],
  );

/** Autoscalers of the real controller manager, which nobody tells of processors or backlogs here: their least and their most alone. */
export function scaling(): void {
  test('a number by hand is set back by the autoscaler', async () => {
    const started = Date.now();
    await kubectl('scale', 'deployment/worker-cpu', '--replicas=1', '--namespace', NAMESPACE);
    expect(await until('two workers again', moreThanOne)).toBe(2);
    say(`kubectl scale was undone after ${Math.round((Date.now() - started) / 1_000)} s.`);
    await untilReady(180);
  });

  test('workers mark their pods, and of two the idle one is taken away: five times, no attempt is used, every video is ready', async () => {
    const { code, stderr } = await tryHelm([...again('upgrade'), ...MARKS]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await untilReady(300);
    await until('all idle', async () =>
      (await workers()).every(({ cost, evictable }) => cost === 0 && evictable === 'true') ? true : undefined,
    );
    for (let time = 1; time <= TIMES; time += 1) {
      const { id } = await people.upload(`scaled-${time}.mp4`, await clip(60));
      const busy = await until('one encodes and one is idle', async () => {
        const all = await workers();
        const encoding = all.filter(({ cost = 0, evictable }) => cost >= 100 && evictable === 'false');
        return all.length === 2 && encoding.length === 1 && all.some(({ cost }) => cost === 0)
          ? encoding[0]
          : undefined;
      });
      await between(1, 1);
      const left = await until('one worker', async () => {
        const all = await workers();
        return all.length === 1 ? all : undefined;
      });
      expect(left.map(({ name }) => name)).toEqual([busy.name]);
      await people.play((await people.ready(id)).url);
      const used = await query(
        `SELECT coalesce(sum(t.attempts + t."infraAttempts"), 0) FROM "Task" t JOIN "Job" j ON j.id = t."jobId" WHERE j."videoId" = '${id}'`,
      );
      expect(used).toBe('0');
      await between(2, 20);
      await untilReady(180);
    }
    say(`${TIMES} times the idle worker was taken away.`);
    const back = await tryHelm(again('upgrade'));
    expect({ code: back.code, stderr: back.stderr }).toEqual({ code: 0, stderr: '' });
    await untilReady(300);
    expect((await pods('component=worker-cpu')).length).toBe(2);
  });
}
