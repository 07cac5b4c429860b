import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kubectl, list, NAMESPACE, tryHelm, untilReady, type Named } from '../means/cluster.ts';
import { again } from '../means/install-line.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';
import { METRICS_SERVER, withTeller } from '../means/tellers.ts';
import { until } from '../means/until.ts';

/** As the specification has it, but for how long one waits before fewer, and for what the nodes can carry. */
const SOON = ['api', 'workers.cpu'].flatMap((part) => [
  ...['--set', `${part}.autoscaling.behavior.scaleDown.stabilizationWindowSeconds=15`],
  ...['--set', `${part}.autoscaling.behavior.scaleDown.policies[0].type=Pods`],
  ...['--set', `${part}.autoscaling.behavior.scaleDown.policies[0].value=1`],
  ...['--set', `${part}.autoscaling.behavior.scaleDown.policies[0].periodSeconds=15`],
]);
const SMALL = [
  ...['--set', 'api.autoscaling.maxReplicas=4', '--set', 'workers.cpu.autoscaling.maxReplicas=3'],
  ...['--set', 'api.resources.requests.cpu=100m'],
];
const IDLE_MS = 10 * 60_000;
const LOOK_MS = 5_000;

interface Scaled extends Named {
  readonly spec: { readonly replicas: number };
}

/** To what a Deployment is set. */
export async function replicasOf(name: string): Promise<number> {
  const all = await list<Scaled>('deployments');
  return all.find(({ metadata }) => metadata.name === name)?.spec.replicas ?? 0;
}

export const untilReplicas = (name: string, wanted: number, seconds: number): Promise<number> =>
  until(
    `${wanted} replicas of ${name}`,
    async () => {
      const now = await replicasOf(name);
      return now === wanted ? now : undefined;
    },
    { seconds, lookMs: 1_000 },
  );

export async function upgraded(...sets: readonly string[]): Promise<void> {
  const { code, stderr } = await tryHelm([...again('upgrade'), ...sets]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

/** What Kubernetes says an autoscaler goes by just now, such as `cpu: 12%/70%`. */
const goesBy = (): Promise<string> => kubectl('get', 'hpa', '--namespace', NAMESPACE, '--no-headers');

/** With the real metrics-server, and nothing that tells what waits: what a cluster without more has. */
export function byProcessors(): void {
  test('API and workers become more by processors, and fewer again', async () => {
    await upgraded(...SOON, ...SMALL);
    await untilReady(300);
    await withTeller(METRICS_SERVER, async () => {
      await until('the autoscalers know what is used', async () =>
        (await goesBy()).includes('<unknown>') ? undefined : true,
      );
      const { id } = await people.upload('busy.mp4', await clip(240));
      const asking = people.askMuch(60);
      expect(await untilReplicas('api', 4, 120)).toBe(4);
      expect(await untilReplicas('worker-cpu', 3, 300)).toBe(3);
      say(`While all were busy:\n${await goesBy()}`);
      await asking;
      await people.ready(id);
      expect(await untilReplicas('api', 3, 240)).toBe(3);
      expect(await untilReplicas('worker-cpu', 2, 240)).toBe(2);
      say(`Idle again:\n${await goesBy()}`);
    });
    await upgraded();
    await untilReady(300);
  });

  test('idle, they stay at their least for ten minutes with the targets of the specification', async () => {
    await withTeller(METRICS_SERVER, async () => {
      await until('the autoscalers know what is used', async () =>
        (await goesBy()).includes('<unknown>') ? undefined : true,
      );
      const seen = new Set<string>();
      for (const end = Date.now() + IDLE_MS; Date.now() < end; await sleep(LOOK_MS))
        seen.add(`api ${await replicasOf('api')}, worker-cpu ${await replicasOf('worker-cpu')}`);
      say(`After ten minutes without work:\n${await goesBy()}`);
      expect([...seen]).toEqual(['api 3, worker-cpu 2']);
    });
  });
}
