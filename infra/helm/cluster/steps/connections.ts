import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { EXPECTED } from '../../test/checks/policies.ts';
import { kubectl, list, NAMESPACE, pods, tryHelm, untilReady } from '../means/cluster.ts';
import { flowsIn, type Flow } from '../means/conntrack.ts';
import { withTools } from './doors.ts';
import { again } from '../means/install-line.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';

const run = promisify(execFile);
/** Prometheus asks every 15 s, and a connection that ended is remembered for two minutes. */
const SETTLE_MS = 45_000;
const LOOK_MS = 2_000;
const NOT_TO_BE_MISSED = [
  ...['api', 'worker-cpu'].flatMap((from) =>
    ['postgres:5432', 'redis:6379', 'seaweedfs:8333'].map((to) => `${from} → ${to}`),
  ),
  ...['api → console:3000', 'tools → postgres:5432'],
];

/** What the kernel remembers of each node's connections. */
async function flows(): Promise<Flow[]> {
  const [command = ''] = inject('cluster').inside;
  const nodes = globSync('n*.init', { cwd: dirname(command) });
  const listed = await Promise.all(
    nodes.map(async (node) => {
      const pid = (await readFile(join(dirname(command), node), 'utf8')).trim();
      const args = ['--target', pid, '--net', '--', 'conntrack', '-L', '-p', 'tcp'];
      return (await run('nsenter', args, { maxBuffer: 64 * 1024 ** 2 })).stdout;
    }),
  );
  return listed.flatMap(flowsIn);
}

/** What part of the release has, or had, which address. */
type Parts = Map<string | undefined, string>;

async function look(parts: Parts): Promise<void> {
  for (const { metadata, status } of await pods()) parts.set(status.podIP, metadata.labels['component'] ?? '');
}

/** Does `work` while it is looked again and again which part has which address: pods come and go meanwhile. */
async function whileLooking<T>(work: (parts: Parts) => Promise<T>): Promise<T> {
  const parts: Parts = new Map();
  await look(parts);
  const stop = new AbortController();
  const looking = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sleep(LOOK_MS);
      await look(parts);
    }
  };
  const [done] = await Promise.all([work(parts).finally(() => stop.abort()), looking()]);
  return done;
}

const ofPod = (address: string): boolean => address.startsWith('10.244.');

/** Addresses of pods that were gone by then, to which the kernel remembers connections. */
const left = async (parts: Parts): Promise<ReadonlySet<string>> =>
  new Set((await flows()).map(({ to }) => to).filter((to) => ofPod(to) && !parts.has(to)));

/**
 * Connections that pods of the release began, by part; where they led outside of it, by address. The kernel remembers those to pods that were
 * gone before anybody looked, too: these policies had let through.
 */
async function begun(parts: Parts, gone: ReadonlySet<string>): Promise<string[]> {
  await look(parts);
  const found = (await flows()).flatMap(({ from, to, port }) =>
    parts.has(from) && (parts.has(to) || !gone.has(to)) ? [`${parts.get(from)} → ${parts.get(to) ?? to}:${port}`] : [],
  );
  return [...new Set(found)].toSorted();
}

export function connections(): void {
  test('where nothing is refused, processes begin no other connections than those that policies allow', async () => {
    const seen = await whileLooking(async (parts) => {
      const gone = await left(parts);
      const open = await tryHelm([...again('upgrade'), '--set', 'networkPolicy.enabled=false']);
      expect({ code: open.code, stderr: open.stderr }).toEqual({ code: 0, stderr: '' });
      expect(await list('networkpolicies')).toEqual([]);
      // What is begun at a start belongs to it.
      const ours = ['deployment/api', 'deployment/console', 'deployment/worker-cpu'];
      await kubectl('rollout', 'restart', ...ours, '--namespace', NAMESPACE);
      for (const one of ours) await kubectl('rollout', 'status', one, '--namespace', NAMESPACE, '--timeout=600s');
      await untilReady(300);
      const { id } = await people.upload('seen.mp4', await clip(6));
      await people.play((await people.ready(id)).url);
      expect(await people.me(await people.cookie())).toEqual({ status: 200 });
      return withTools(async (tools) => {
        await tools('user', 'list');
        await sleep(SETTLE_MS);
        return begun(parts, gone);
      });
    });
    const allowed = new Set([...EXPECTED, 'prometheus → 10.200.0.1:6443']);
    say(`Begun where nothing is refused:\n  ${seen.join('\n  ')}`);
    expect(seen.filter((one) => !allowed.has(one))).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(NOT_TO_BE_MISSED));
    const closed = await tryHelm(again('upgrade'));
    expect({ code: closed.code, stderr: closed.stderr }).toEqual({ code: 0, stderr: '' });
    expect((await list('networkpolicies')).length).toBeGreaterThan(5);
  });
}
