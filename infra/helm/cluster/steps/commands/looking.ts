import { expect } from 'vitest';
import { kubectl, NAMESPACE, staying } from '../../means/cluster.ts';
import { SAY_NAMESPACE } from '../../means/page-shell.ts';
import { putBack } from '../../means/put-back.ts';
import { METRICS_SERVER, withTeller } from '../../means/tellers.ts';
import { until } from '../../means/until.ts';
import { trial } from './trial.ts';

const PARTS = ['deployment.apps/api', 'deployment.apps/console', 'deployment.apps/worker-cpu'];
const SETS = ['statefulset.apps/postgres', 'statefulset.apps/redis', 'statefulset.apps/seaweedfs'];
const SCALERS = ['horizontalpodautoscaler.autoscaling/api', 'horizontalpodautoscaler.autoscaling/worker-cpu'];
/** Nobody else asks for it, so that its line is the one that is waited for. */
const ASKED = '/api/v1/nobody-asked-for-this-before';
const FROM_OUTSIDE = `kubectl exec --namespace ingress-nginx client -- node -e "fetch('http://api-service.${NAMESPACE}${ASKED}')"`;

const namesOf = async (selector: string): Promise<string[]> =>
  (await staying(selector)).map(({ metadata }) => metadata.name).toSorted();
const firstOf = async (selector: string): Promise<string> => (await namesOf(selector))[0] ?? '';
/** Words at the beginning of lines. */
const begun = (text: string): string[] => [...text.matchAll(/^(\S+)/gm)].map(([, word = '']) => word);

export const LOOKING = [
  trial('the namespace is said once', { say: SAY_NAMESPACE }, async (run) => {
    expect((await run.say()).stdout).toMatch(/^Context "[^"]+" modified\.$/m);
  }),

  trial('see what runs', { get: 'kubectl get pods,deployments,statefulsets,hpa -o wide' }, async (run) => {
    const { stdout } = await run.get();
    const there = (await namesOf('component!=test')).map((name) => `pod/${name}`);
    expect(begun(stdout)).toEqual(expect.arrayContaining([...there, ...PARTS, ...SETS, ...SCALERS]));
    expect(stdout).toMatch(/NODE[^\n]*\npod\//);
  }),

  trial(
    'read the logs of a Deployment, and follow them',
    { follow: 'kubectl logs deployment/api --follow' },
    async (run) => {
      // Of three pods it reads one: it is asked until that one was.
      const { stdout } = await run.follow({ until: `{ ${FROM_OUTSIDE}; grep -q '${ASKED}' "$said"; }` });
      expect(stdout).toContain(ASKED);
      const { stdout: all } = await run.follow({ fill: { '--follow': '--all-containers --prefix' } });
      const prefixes = [...all.matchAll(/^\[pod\/[\w-]+\/([\w-]+)\]/gm)].map(([, name]) => name);
      expect(prefixes).toEqual(expect.arrayContaining(['migrate', 'api']));
    },
  ),

  trial('read logs by label', { logs: 'kubectl logs -l component=worker-cpu --prefix --tail=100' }, async (run) => {
    const { stdout } = await run.logs();
    const heard = new Set([...stdout.matchAll(/^\[pod\/([\w-]+)\/worker\] \{/gm)].map(([, name = '']) => name));
    expect([...heard].toSorted()).toEqual(await namesOf('component=worker-cpu'));
  }),

  trial('see what is used', { pods: 'kubectl top pods --containers', nodes: 'kubectl top nodes' }, async (run) => {
    await withTeller(METRICS_SERVER, async () => {
      const told = await until('every pod is told of', async () => {
        try {
          const { stdout } = await run.pods();
          const names = begun(stdout);
          return (await namesOf('component!=test')).every((name) => names.includes(name)) ? stdout : undefined;
        } catch {
          return undefined;
        }
      });
      expect(told).toMatch(/^POD +NAME +CPU\(cores\) +MEMORY\(bytes\)/);
      expect(told).toMatch(/^postgres-0 +postgres +\d+m +\d+Mi/m);
      const nodes = (await kubectl('get', 'nodes', '--output=jsonpath={.items[*].metadata.name}')).split(' ');
      const { stdout } = await run.nodes();
      expect(begun(stdout).toSorted()).toEqual(['NAME', ...nodes].toSorted());
      expect(stdout).not.toContain('<unknown>');
    });
  }),

  trial(
    'know why: a pod, all pods, autoscalers, what happened',
    {
      pod: 'kubectl describe pod NAME',
      pods: 'kubectl describe pod',
      scalers: 'kubectl describe hpa',
      events: 'kubectl get events --sort-by=.lastTimestamp',
    },
    async (run) => {
      const name = await firstOf('component=api');
      const { stdout: described } = await run.pod({ fill: { NAME: name } });
      expect(described).toMatch(new RegExp(`^Name: +${name}$`, 'm'));
      for (const told of ['Init Containers:', 'Conditions:', 'Readiness:', 'Events:'])
        expect(described).toContain(told);
      const { stdout: all } = await run.pods();
      const names = [...all.matchAll(/^Name: +(\S+)$/gm)].map(([, found]) => found);
      expect(names).toEqual(expect.arrayContaining(await namesOf('component!=test')));
      const { stdout: scalers } = await run.scalers();
      expect(scalers).toMatch(/^Name: +api$/m);
      expect(scalers).toMatch(/resource cpu on pods/);
      expect(scalers).toMatch(/^Conditions:/m);
      // What happens when a pod goes is what the last lines tell of.
      const before = await namesOf('component=console');
      await kubectl('delete', 'pod', before[0] ?? '', '--namespace', NAMESPACE);
      await putBack();
      const made = (await namesOf('component=console')).find((one) => !before.includes(one));
      const { stdout: events } = await run.events();
      expect(events).toMatch(/^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE/);
      expect(events.split('\n').slice(-40).join('\n')).toContain(`Created pod: ${made}`);
    },
  ),

  trial('read what prepared a pod', { logs: 'kubectl logs POD -c migrate' }, async (run) => {
    const { stdout } = await run.logs({ fill: { POD: await firstOf('component=api') } });
    expect(stdout).toMatch(/^(?:Applied |The database is )/m);
  }),
];
