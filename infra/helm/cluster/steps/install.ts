import { expect, test } from 'vitest';
import { isReady, kubectl, list, NAMESPACE, pods, tryHelm, untilReady } from '../means/cluster.ts';
import { INSTALL_LINE, overrides, settings } from '../means/install-line.ts';
import { makeNamespace } from '../means/namespace.ts';
import { clip, comeIn, people } from '../means/people.ts';
import { say } from '../means/say.ts';

const WITHIN_SECONDS = 300;

/** The line that installs it, in a namespace that enforces the restricted Pod Security Standard. */
export function install(): void {
  test('one line installs it, with no warning, and every pod is ready within five minutes', async () => {
    say(
      `Overrides:\n${overrides()
        .map(({ set, because }) => `  --set ${set}   # ${because}`)
        .join('\n')}`,
    );
    await makeNamespace();
    const started = Date.now();
    const { code, stderr } = await tryHelm([...INSTALL_LINE, ...settings()]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await untilReady(WITHIN_SECONDS);
    const seconds = Math.round((Date.now() - started) / 1_000);
    say(`Every pod ready after ${seconds} s.`);
    expect(seconds).toBeLessThanOrEqual(WITHIN_SECONDS);
  });

  test('is all that was promised, and nothing had to be started twice', async () => {
    const all = await pods();
    expect(all.filter((pod) => !isReady(pod))).toEqual([]);
    expect(all.map(({ metadata }) => metadata.labels['component'] ?? '').toSorted()).toEqual([
      'alertmanager',
      ...['api', 'api', 'api', 'console', 'console'],
      ...['postgres', 'prometheus', 'redis', 'seaweedfs', 'worker-cpu', 'worker-cpu'],
    ]);
    const restarts = all.flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? []).filter((one) => one.restartCount > 0).map(() => metadata.name),
    );
    expect(restarts).toEqual([]);
  });

  test('no pod was refused or warned of', async () => {
    const events = await list<{ reason: string; type: string; message: string }>('events');
    const bad = events.filter(
      ({ type, reason, message }) =>
        type === 'Warning' &&
        /^(FailedCreate|BackOff|Failed|FailedMount|Evicted)$/.test(reason) &&
        // Of a node that is busy: it asks again a moment later.
        !/failed to sync (configmap|secret) cache: timed out/.test(message),
    );
    expect(bad.map(({ reason, message }) => `${reason}: ${message}`)).toEqual([]);
  });

  test('helm test signs in, uploads, plays', async () => {
    const { code, stdout, stderr } = await tryHelm(['test', 'transcode', '--logs', '--timeout', '10m']);
    expect({ code, stderr, stdout }).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Ready, and it plays.'),
    });
  });

  test('who comes by the ingress uploads, and plays what comes out', async () => {
    await comeIn(await image('api'));
    const { id } = await people.upload('first.mp4', await clip(12));
    const { url, seconds } = await people.ready(id);
    const { parts, bytes } = await people.play(url);
    say(`12 s of video were ready after ${seconds} s: ${parts} parts, ${bytes} bytes.`);
    expect(parts).toBeGreaterThan(5);
  });

  test('Prometheus finds what it scrapes, and Alertmanager', async () => {
    const asked = await kubectl(
      ...['exec', '--namespace', NAMESPACE, 'deployment/api', '--container', 'api', '--', 'node', '-e'],
      `const get = async (path) => (await fetch('http://prometheus:9090/api/v1/' + path)).json();
       Promise.all([get('targets?state=active'), get('alertmanagers'), get('rules')]).then(([{ data: { activeTargets } }, alertmanagers, rules]) =>
         console.log(JSON.stringify({
           targets: activeTargets.map(({ labels, health, lastError }) => [labels.job, health, lastError].join(' ').trim()).sort(),
           alertmanagers: alertmanagers.data.activeAlertmanagers.length,
           groups: rules.data.groups.length,
         })))`,
    );
    const { targets, alertmanagers, groups } = JSON.parse(asked) as Record<string, unknown>;
    expect(targets).toEqual([
      ...Array.from({ length: 3 }, () => 'transcode-api up'),
      ...Array.from({ length: 2 }, () => 'transcode-worker up'),
    ]);
    expect(alertmanagers).toBe(1);
    expect(groups).toBeGreaterThan(5);
  });
}

/** The image of a part of ours, as it runs. */
async function image(part: string): Promise<string> {
  return kubectl(
    ...['get', 'deployment', part, '--namespace', NAMESPACE],
    '--output=jsonpath={.spec.template.spec.containers[0].image}',
  );
}
