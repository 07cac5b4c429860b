import { expect } from 'vitest';
import { kubectl, NAMESPACE, pods, staying, untilReady } from '../../means/cluster.ts';
import { trial } from './trial.ts';

const SHELL = /[$#] $/;
const CONNECT = `node -e "require('net').connect(5432, 'postgres', () => { console.log('reached'); process.exit() })"`;
const REACHED = /^reached\r?$/m;

export const INSIDE = [
  trial('ask Postgres', { psql: 'kubectl exec -it postgres-0 -- psql -U transcode' }, async (run) => {
    const { stdout } = await run.psql({
      typed: [
        [/transcode=[#>] $/, `SELECT 'jobs: ' || count(*) FROM "Job";`],
        [/transcode=[#>] $/, String.raw`\q`],
      ],
    });
    expect(stdout).toMatch(/^ jobs: \d+\r?$/m);
    expect(stdout).toMatch(/\(1 row\)/);
  }),

  trial(
    'look around from inside, by a pod that may be there, and not by the specification’s',
    {
      apply: 'kubectl apply -f infra/k8s/debug-pod.yaml',
      shell: 'kubectl exec -it debug -- sh',
      connect: CONNECT,
      remove: 'kubectl delete pod debug',
      alpine: 'kubectl run debug --image=alpine',
    },
    async (run) => {
      const { stderr } = await run.alpine({ refused: true });
      expect(stderr).toMatch(/violates PodSecurity "restricted:/);
      const { stdout, stderr: warned } = await run.apply();
      expect({ stdout, warned }).toEqual({ stdout: 'pod/debug created\n', warned: '' });
      try {
        await kubectl('wait', '--for=condition=Ready', 'pod/debug', '--namespace', NAMESPACE, '--timeout=120s');
        const { stdout: seen } = await run.shell({
          typed: [
            [SHELL, CONNECT],
            [REACHED, 'exit'],
          ],
        });
        expect(seen).toMatch(REACHED);
      } finally {
        await run.remove();
      }
      expect((await pods()).filter(({ metadata }) => metadata.name === 'debug')).toEqual([]);
    },
  ),

  trial(
    'look around from inside a pod that runs',
    {
      debug: 'kubectl debug -it POD --image=transcode/tools:v0.1.0 --target=api --profile=restricted -- sh',
      connect: CONNECT,
    },
    async (run) => {
      const name = (await staying('component=api'))[0]?.metadata.name ?? '';
      try {
        const { stdout } = await run.debug({
          fill: { POD: name },
          // What was said before one was there is not said again: Enter asks for it.
          typed: [
            [/try pressing enter/, ''],
            [SHELL, CONNECT],
            [REACHED, 'exit'],
          ],
        });
        expect(stdout).toMatch(REACHED);
      } finally {
        // What was put into it stays as long as the pod.
        await kubectl('delete', 'pod', name, '--namespace', NAMESPACE);
        await untilReady(300);
      }
    },
  ),
];
