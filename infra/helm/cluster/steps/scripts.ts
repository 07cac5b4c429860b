import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply, kubectl, list, NAMESPACE, tryInside, untilReady, type Named } from '../means/cluster.ts';
import { HOUSE } from '../means/house.ts';
import { putBack } from '../means/put-back.ts';
import { say } from '../means/say.ts';
import { METRICS_SERVER, withTeller } from '../means/tellers.ts';
import { until } from '../means/until.ts';

const SCRIPT = join(HOUSE, 'infra/k8s/test/k8s_deployment_test.sh');

/** What cannot pass here, and why. */
const KNOWN: Readonly<Record<string, { readonly because: string; readonly says: RegExp }>> = {
  test_ingress: { because: 'there is no ingress controller', says: /which nobody serves/ },
  test_hpa: { because: 'there is no metrics-server', says: /does not get what it goes by/ },
};

const inRelease = (...args: readonly string[]): Promise<string> => kubectl(...args, '--namespace', NAMESPACE);
const patch = (what: string, change: object | readonly object[], type = 'strategic'): Promise<string> =>
  inRelease('patch', ...what.split('/'), `--type=${type}`, '--patch', JSON.stringify(change));

/** Its tests by name, which wait so long at most for what does not come. */
const run = (names: readonly string[], timeout: string) => tryInside(['env', `TIMEOUT=${timeout}`, SCRIPT, ...names]);

interface Break {
  readonly what: string;
  /** The tests that have to tell of it, with what they say. */
  readonly tells: Readonly<Record<string, RegExp>>;
  readonly breakIt: () => Promise<unknown>;
  /** Beside what an upgrade puts back. */
  readonly mend?: () => Promise<unknown>;
  /** For what does not come. */
  readonly timeout?: string;
}

const LOST_IMAGE = 'transcode/console:v0.0.0';
const EVERYTHING = { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] };

const BREAKS: readonly Break[] = [
  {
    what: 'a Deployment is deleted',
    tells: { test_deployments: /there is no Deployment console/, test_health: /the console does not reach/ },
    breakIt: () => inRelease('delete', 'deployment', 'console'),
  },
  {
    what: 'an image that is nowhere',
    tells: {
      test_pods: /console-\S+ is not ready: (?:ErrImagePull|ImagePullBackOff)/,
      test_rollout: /the console was not rolled out within 15s/,
      test_rollback: /the change was not rolled out within 15s/,
    },
    timeout: '15s',
    breakIt: () => inRelease('set', 'image', 'deployment/console', `console=${LOST_IMAGE}`),
  },
  {
    what: 'a Service that chooses nobody',
    tells: {
      test_services: /nobody is ready behind the Service api-service/,
      test_health: /the console does not reach api-service/,
      test_network_policies: /the console does not reach the API/,
    },
    breakIt: () => patch('service/api-service', { spec: { selector: { 'app.kubernetes.io/component': 'nobody' } } }),
  },
  {
    what: 'a policy is deleted',
    tells: { test_network_policies: /there is no postgres-network-policy\n {2}the API does not reach Postgres/ },
    breakIt: () => inRelease('delete', 'networkpolicy', 'postgres-network-policy'),
  },
  {
    what: 'a policy lets everybody in everywhere',
    tells: { test_network_policies: /the console reaches Postgres: does anything enforce policies here\?/ },
    breakIt: () =>
      apply({
        ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
        metadata: { name: 'everything', namespace: NAMESPACE },
        spec: EVERYTHING,
      }),
    mend: () => inRelease('delete', 'networkpolicy', 'everything'),
  },
  {
    what: 'a probe is removed',
    tells: { test_probes: /console has no readinessProbe/ },
    breakIt: () =>
      patch('deployment/console', [{ op: 'remove', path: '/spec/template/spec/containers/0/readinessProbe' }], 'json'),
  },
  {
    what: 'no more pods are allowed',
    tells: { test_scaling: /after 15s the API has 3 ready pods, not 4/ },
    timeout: '15s',
    breakIt: () => inRelease('create', 'quota', 'no-more', '--hard=pods=1'),
    mend: async () => {
      await inRelease('delete', 'quota', 'no-more');
      await threeAgain();
    },
  },
];

/** Without anybody who tells what is used, an autoscaler takes nobody away whom it was asked for. */
async function threeAgain(): Promise<void> {
  await inRelease('scale', 'deployment/api', '--replicas=3');
  await untilReady(180);
}

interface Ingress extends Named {
  readonly spec: {
    readonly ingressClassName: string;
    readonly rules: readonly { readonly http: { readonly paths: readonly Path[] } }[];
  };
}
interface Path {
  readonly backend: { readonly service: { readonly name: string } };
}

/** What a controller would say of the Ingresses that it has taken; nothing where there is none. */
async function taken(ingresses: readonly Ingress[], addresses: readonly object[]): Promise<void> {
  const change = JSON.stringify({ status: { loadBalancer: { ingress: addresses } } });
  for (const { metadata } of ingresses)
    await inRelease('patch', 'ingress', metadata.name, '--subresource=status', '--type=merge', '--patch', change);
}

const passes = (name: string, seconds = 120): Promise<true> =>
  until(`${name} passes`, async () => ((await run([name], '60s')).code === 0 ? true : undefined), { seconds });

/** The specification's script, on the installation as it is, and on one in which something is broken. */
export function scripts(): void {
  test('k8s_deployment_test.sh passes, but for what this cluster has not', async () => {
    const { code, stdout, stderr } = await tryInside([SCRIPT]);
    await threeAgain();
    say(stdout);
    const failed = [...stdout.matchAll(/^FAIL (\w+)$/gm)].map(([, name = '']) => name);
    expect({ failed: failed.toSorted(), stderr, code }).toEqual({
      failed: Object.keys(KNOWN).toSorted(),
      stderr: '',
      code: 1,
    });
    for (const [name, { because, says }] of Object.entries(KNOWN)) {
      say(`${name}: ${because}.`);
      expect((await tryInside([SCRIPT, name])).stdout).toMatch(says);
    }
  });

  describe('k8s_deployment_test.sh tells', () => {
    test.for(BREAKS)('$what', async ({ tells, breakIt, mend, timeout = '60s' }) => {
      const names = Object.keys(tells);
      try {
        await breakIt();
        for (const [name, says] of Object.entries(tells)) {
          // What was changed reaches endpoints, pods and policies a moment later.
          const told = await until(`${name} tells`, async () => {
            const { code, stdout } = await run([name], timeout);
            return code === 1 && says.test(stdout) ? stdout : undefined;
          });
          expect(told).toContain(`FAIL ${name}\n0 of 1 passed\n`);
          say(told.trim());
        }
      } finally {
        await mend?.();
        await putBack();
      }
      for (const name of names) await passes(name);
      await threeAgain();
    });

    test('an autoscaler is deleted, and what tells the others', async () => {
      await withTeller(METRICS_SERVER, async () => {
        await passes('test_hpa', 180);
        try {
          await inRelease('delete', 'hpa', 'api');
          const { code, stdout } = await run(['test_hpa'], '60s');
          expect({ code, stdout }).toEqual({
            code: 1,
            stdout: '  no autoscaler scales api\nFAIL test_hpa\n0 of 1 passed\n',
          });
        } finally {
          await putBack();
        }
        await passes('test_hpa', 180);
      });
      await until('nobody tells what is used', async () => {
        const { code, stdout } = await run(['test_hpa'], '60s');
        return code === 1 && stdout.includes('api does not get what it goes by') ? true : undefined;
      });
    });

    test('an Ingress that nobody takes, and one that leads nowhere', async () => {
      const ingresses = await list<Ingress>('ingresses');
      const { ingressClassName = '', rules = [] } = ingresses[0]?.spec ?? {};
      const service = rules[0]?.http.paths[0]?.backend.service.name ?? '';
      const metadata = { name: ingressClassName };
      const spec = { controller: 'example.org/none' };
      await apply({ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata, spec });
      try {
        expect((await run(['test_ingress'], '60s')).stdout).toMatch(/no controller has taken the Ingress/);
        await taken(ingresses, [{ ip: '192.0.2.1' }]);
        expect((await run(['test_ingress'], '60s')).stdout).toBe('PASS test_ingress\n1 of 1 passed\n');
        await inRelease('delete', 'service', service);
        expect((await run(['test_ingress'], '60s')).stdout).toMatch(
          new RegExp(`leads to ${service}, which is not there\nFAIL test_ingress`),
        );
      } finally {
        await kubectl('delete', 'ingressclass', ingressClassName);
        await taken(ingresses, []);
        await putBack();
      }
      expect((await run(['test_ingress'], '60s')).stdout).toMatch(/which nobody serves\n[^]*FAIL test_ingress/);
    });
  });
}
