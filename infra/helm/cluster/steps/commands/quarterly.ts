import { expect } from 'vitest';
import { parse } from 'yaml';
import { kubectl, NAMESPACE } from '../../means/cluster.ts';
import { settings } from '../../means/install-line.ts';
import { makeNamespace } from '../../means/namespace.ts';
import { INSTALL } from '../../../test/helm/render.ts';
import { trial } from './trial.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

/** What somebody may, line by line. */
const mayOf = (text: string): string[] => text.trim().split('\n').slice(1).toSorted();

export const QUARTERLY = [
  trial(
    'one test of the installation, and whether policies are enforced',
    {
      deployments: 'infra/k8s/test/k8s_deployment_test.sh test_deployments',
      policies: 'infra/k8s/test/k8s_deployment_test.sh test_network_policies',
    },
    async (run) => {
      expect((await run.deployments()).stdout).toBe('PASS test_deployments\n1 of 1 passed\n');
      expect((await run.policies()).stdout).toBe('PASS test_network_policies\n1 of 1 passed\n');
    },
  ),

  trial('which images are others’', { render: 'helm template … | grep image: | sort -u' }, async (run) => {
    const { stdout } = await run.render({
      fill: { '…': quoted(['transcode', 'infra/helm/transcode', ...INSTALL, ...settings()]) },
    });
    const images = [...stdout.matchAll(/image: "?([^"\s]+)/g)].map(([, image]) => image);
    const path = ['containers', 'initContainers'].map((kind) => `{.items[*].spec.${kind}[*].image}`).join(' ');
    const running = await kubectl('get', 'pods', '--namespace', NAMESPACE, `--output=jsonpath=${path}`);
    const there = new Set(running.split(/\s+/).map((image) => image.replace(/^docker\.io\/(?:library\/)?/, '')));
    expect(images.map((image = '') => image.replace(/^docker\.io\/(?:library\/)?/, ''))).toEqual(
      expect.arrayContaining([...there]),
    );
  }),

  trial(
    'who may do what, and who has a token',
    {
      roles: 'kubectl get roles,rolebindings -o yaml',
      may: 'kubectl auth can-i --list --as=system:serviceaccount:transcode:api',
      tokens: `kubectl get pods -o jsonpath='{range .items[?(@.spec.automountServiceAccountToken==true)]}{.metadata.name}{"\\n"}{end}'`,
    },
    async (run) => {
      const { items } = parse((await run.roles()).stdout) as { items: { kind: string; metadata: { name: string } }[] };
      expect(items.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted()).toEqual([
        'Role prometheus',
        'RoleBinding prometheus',
      ]);
      const anybody = await run.may({ fill: { 'transcode:api': 'default:default' } });
      expect(mayOf((await run.may()).stdout)).toEqual(mayOf(anybody.stdout));
      expect((await run.tokens()).stdout).toMatch(/^prometheus-\S+\n$/);
    },
  ),

  trial(
    'nothing runs that may not',
    {
      label:
        'kubectl label --dry-run=server --overwrite namespace transcode pod-security.kubernetes.io/enforce=restricted',
    },
    async (run) => {
      try {
        // Of what is enforced already nobody would be warned.
        await kubectl('label', 'namespace', NAMESPACE, `${ENFORCE}-`);
        const { stdout, stderr } = await run.label();
        expect({ stdout, stderr }).toEqual({
          stdout: 'namespace/transcode labeled (server dry run)\n',
          stderr: '',
        });
      } finally {
        await makeNamespace();
      }
    },
  ),
];
