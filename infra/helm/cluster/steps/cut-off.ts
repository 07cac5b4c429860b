import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kubectl, list, NAMESPACE, tryInside, untilReady, type Named } from '../means/cluster.ts';
import { partsOn, withoutData } from '../means/nodes.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';

/** The first node has what decides in the cluster: without it there is none. */
const FIRST = 'n1';
/** A read that is not answered within 5 s is asked again: as long as the cluster has not noticed, one in three goes to the pod that is gone. */
const TRIES = 10;

/** Takes a node's cable out, or puts it in again: its end is in the network of the first node, where commands are run. */
async function cable(node: string, state: 'down' | 'up'): Promise<void> {
  const { code, stderr } = await tryInside(['ip', 'link', 'set', node, state]);
  if (code !== 0) throw new Error(stderr);
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 1_000);

async function isNodeReady(node: string): Promise<boolean> {
  const path = '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}';
  return (await kubectl('get', 'node', node, path)) === 'True';
}

async function until(what: string, isSo: () => Promise<boolean>, limitSeconds: number): Promise<number> {
  const started = Date.now();
  while (!(await isSo())) {
    if (seconds(started) > limitSeconds) throw new Error(`Not within ${limitSeconds} s: ${what}`);
    await sleep(1_000);
  }
  return seconds(started);
}

interface Deployment extends Named {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly readyReplicas?: number };
}

/** As many pods of each kind as there have to be; what is on the lost node does not count as ready. */
const areReplaced = async (): Promise<boolean> =>
  (await list<Deployment>('deployments')).every(({ spec, status }) => status.readyReplicas === spec.replicas);

export function cutOff(): void {
  test('a node without data is cut off: no read fails, no upload is lost, every video becomes ready', async () => {
    // What was drained is the emptiest node by now: who starts anew is put there.
    for (const one of ['deployment/api', 'deployment/worker-cpu'])
      await kubectl('rollout', 'restart', one, '--namespace', NAMESPACE);
    for (const one of ['deployment/api', 'deployment/worker-cpu'])
      await kubectl('rollout', 'status', one, '--namespace', NAMESPACE, '--timeout=600s');
    await untilReady(300);
    const { url } = await people.ready((await people.upload('short.mp4', await clip(6))).id);
    const making = await people.upload('making.mp4', await clip(40));
    const node = await withoutData([FIRST]);
    say(`${node} is cut off, with ${(await partsOn(node)).join(', ')}.`);
    const reading = people.read(url, 120, TRIES);
    const uploading = people.upload('uploading.mp4', await clip(12), 60);
    await sleep(5_000);
    try {
      await cable(node, 'down');
      say(`It was noticed after ${await until('it is noticed', async () => !(await isNodeReady(node)), 90)} s.`);
      say(`All was replaced ${await until('all is replaced', areReplaced, 300)} s later.`);
      const [{ reads, again, failed }, { id, broken }] = await Promise.all([reading, uploading]);
      say(
        `${reads} reads meanwhile, ${again} of them asked again, ${failed.length} failed; the upload broke off ${broken} times.`,
      );
      expect(failed).toEqual([]);
      for (const video of [making.id, id]) await people.play((await people.ready(video)).url);
    } finally {
      await cable(node, 'up');
    }
    await until('it is back', () => isNodeReady(node), 120);
    await untilReady(180);
    await people.play((await people.ready((await people.upload('after.mp4', await clip(3))).id)).url);
  });
}
