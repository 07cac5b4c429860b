import { expect, test } from 'vitest';
import { kubectl, list, NAMESPACE, staying, tryHelm, untilReady, type Named } from '../means/cluster.ts';
import { again } from '../means/install-line.ts';
import { clip, people } from '../means/people.ts';

interface Secret extends Named {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

const secretsOf = async (): Promise<Record<string, Readonly<Record<string, string>>>> =>
  Object.fromEntries(
    (await list<Secret>('secrets'))
      .filter(({ type }) => type === 'Opaque')
      .map(({ metadata, data }) => [metadata.name, data]),
  );

const uidsOf = async (selector: string): Promise<string[]> =>
  (await staying(selector)).map(({ metadata }) => metadata.uid).toSorted();

const MADE = ['first-admin', 'postgres-credentials', 'redis-credentials', 'signing-secrets', 'storage-credentials'];
export function upgrades(): void {
  test('an upgrade that changes nothing keeps every secret, also those that are not said again, and every pod', async () => {
    const [secrets, uids] = [await secretsOf(), await uidsOf('component!=test')];
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(MADE));
    const { code, stderr } = await tryHelm(again('upgrade'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await secretsOf()).toEqual(secrets);
    await untilReady(300);
    expect(await uidsOf('component!=test')).toEqual(uids);
  });

  test('a typo in a value is refused by its name, and nothing is changed', async () => {
    const { code, stderr } = await tryHelm([...again('upgrade'), '--set', 'api.replica=5']);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/replica\b/);
    const [api] = await list<Named & { readonly spec: { readonly replicas: number } }>('deployments', 'component=api');
    expect(api?.spec.replicas).toBe(3);
  });

  test('a video that is under way when it is upgraded and rolled back becomes ready', async () => {
    const secrets = await secretsOf();
    const { id } = await people.upload('upgraded.mp4', await clip(40));
    const up = await tryHelm([...again('upgrade'), '--set', 'settings.LOG_LEVEL=debug', '--wait', '--timeout', '10m']);
    expect({ code: up.code, stderr: up.stderr }).toEqual({ code: 0, stderr: '' });
    const back = await tryHelm(['rollback', 'transcode', '--wait', '--timeout', '10m']);
    expect({ code: back.code, stderr: back.stderr }).toEqual({ code: 0, stderr: '' });
    const level = await kubectl(
      ...['get', 'configmap', 'api-config', '--namespace', NAMESPACE, '--output=jsonpath={.data.LOG_LEVEL}'],
    );
    expect(level).toBe('');
    expect(await secretsOf()).toEqual(secrets);
    await people.play((await people.ready(id)).url);
  });

  test('kubectl rollout restart and undo bring the workers back', async () => {
    await kubectl('rollout', 'restart', 'deployment/worker-cpu', '--namespace', NAMESPACE);
    await kubectl('rollout', 'undo', 'deployment/worker-cpu', '--namespace', NAMESPACE);
    const status = await kubectl(
      ...['rollout', 'status', 'deployment/worker-cpu', '--namespace', NAMESPACE, '--timeout=300s'],
    );
    expect(status).toContain('successfully rolled out');
  });
}

/** Last: what is left opens what is left. */
export function uninstall(): void {
  test('what is taken away leaves claims and made Secrets, and what is installed again finds its videos', async () => {
    const { id } = await people.upload('kept.mp4', await clip(3));
    const { url } = await people.ready(id);
    const secrets = await secretsOf();
    const claims = (await list('persistentvolumeclaims')).map(({ metadata }) => metadata.name);
    const { code, stderr } = await tryHelm(['uninstall', 'transcode', '--wait']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const left = await secretsOf();
    for (const name of MADE) expect(left).toHaveProperty(name, secrets[name]);
    expect((await list('persistentvolumeclaims')).map(({ metadata }) => metadata.name)).toEqual(claims);
    expect(
      await list('deployments,statefulsets,services,configmaps,networkpolicies', 'app.kubernetes.io/name=transcode'),
    ).toEqual([]);
    const installed = await tryHelm(again('install'));
    expect({ code: installed.code, stderr: installed.stderr }).toEqual({ code: 0, stderr: '' });
    await untilReady(300);
    await people.play(url);
  });
}
