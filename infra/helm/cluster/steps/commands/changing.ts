import { expect } from 'vitest';
import { kubectl, NAMESPACE, staying, tryHelm, tryInside } from '../../means/cluster.ts';
import { again } from '../../means/install-line.ts';
import { nameAgain } from '../../means/node-images.ts';
import { putBack } from '../../means/put-back.ts';
import { until } from '../../means/until.ts';
import { trial } from './trial.ts';

/** What the pods of the API that stay are started by. */
const containers = async () => (await staying('component=api')).flatMap(({ spec }) => spec.containers);

const images = async (): Promise<string[]> => [...new Set((await containers()).map(({ image }) => image))];

const requests = async (): Promise<unknown[]> =>
  (await containers()).map(({ resources }) => [resources.requests?.['cpu'], resources.requests?.['memory']]);

/** Whatever becomes of the work, the release is put back. */
async function thenPutBack(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await putBack();
  }
}

const IMAGE = 'transcode/api';
const [NOW, NEXT] = [`${IMAGE}:v0.1.0`, `${IMAGE}:v0.1.1`];

export const CHANGING = [
  trial('scale', { scale: 'kubectl scale deployment/console --replicas=3' }, async (run) => {
    const path = '--output=jsonpath={.status.readyReplicas}';
    const ready = (wanted: string): Promise<true> =>
      until(`${wanted} pods of the console`, async () =>
        (await kubectl('get', 'deployment', 'console', '--namespace', NAMESPACE, path)) === wanted ? true : undefined,
      );
    await thenPutBack(async () => {
      expect((await run.scale()).stdout).toBe('deployment.apps/console scaled\n');
      await ready('3');
      // The same page says what Helm makes of it.
      const { code, stderr } = await tryHelm(again('upgrade'));
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/conflict[^]*\.spec\.replicas/);
    });
    await ready('2');
  }),

  trial(
    'set an image, follow it, undo it, and undo it to a revision',
    {
      set: 'kubectl set image deployment/api api=transcode/api:v0.1.1',
      follow: 'kubectl rollout status deployment/api --timeout=5m',
      undo: 'kubectl rollout undo deployment/api',
      history: 'kubectl rollout history deployment/api',
      undoTo: 'kubectl rollout undo deployment/api --to-revision=3',
    },
    async (run) => {
      // There is no next release yet: this one stands for it under its name.
      await nameAgain(NOW, NEXT);
      const followed = async (): Promise<void> => {
        expect((await run.follow()).stdout).toContain('deployment "api" successfully rolled out');
      };
      await thenPutBack(async () => {
        expect(await images()).toEqual([NOW]);
        expect((await run.set()).stdout).toBe('deployment.apps/api image updated\n');
        await followed();
        expect(await images()).toEqual([NEXT]);
        expect((await run.undo()).stdout).toBe('deployment.apps/api rolled back\n');
        await followed();
        expect(await images()).toEqual([NOW]);
        const { stdout } = await run.history();
        const revisions = [...stdout.matchAll(/^(\d+) /gm)].map(([, revision = '']) => revision);
        // Five of before, and the one that is.
        expect(revisions.length).toBeLessThanOrEqual(6);
        // What is undone becomes the newest one, so that the next release is the one before it.
        await run.undoTo({ fill: { '--to-revision=3': `--to-revision=${revisions.at(-2) ?? ''}` } });
        await followed();
        expect(await images()).toEqual([NEXT]);
      });
      expect(await images()).toEqual([NOW]);
    },
  ),

  trial(
    'set resources',
    { set: 'kubectl set resources deployment/api -c api --requests=cpu=1,memory=1Gi' },
    async (run) => {
      const before = await requests();
      await thenPutBack(async () => {
        expect((await run.set()).stdout).toBe('deployment.apps/api resource requirements updated\n');
        await kubectl('rollout', 'status', 'deployment/api', '--namespace', NAMESPACE, '--timeout=300s');
        expect(await requests()).toEqual(before.map(() => ['1', '1Gi']));
      });
      expect(await requests()).toEqual(before);
    },
  ),

  trial('reach it from here', { forward: 'kubectl port-forward service/api-service 8080:80' }, async (run) => {
    const ask = `fetch('http://127.0.0.1:8080/health').then(({ status }) => process.exit(status === 200 ? 0 : 1), () => process.exit(2))`;
    const { stdout } = await run.forward({ until: `'${process.execPath}' -e "${ask}"` });
    expect(stdout).toContain('Forwarding from 127.0.0.1:8080 -> 8080');
    expect(stdout).toContain('Handling connection for 8080');
    const { code } = await tryInside([process.execPath, '-e', ask]);
    expect(code).not.toBe(0);
  }),
];
