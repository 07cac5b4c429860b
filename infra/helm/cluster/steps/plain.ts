import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLAIN_FILES } from '../../src/plain/place-of.ts';
import { PLAIN } from '../../src/plain/plain-manifests.ts';
import { kubectl, list, NAMESPACE, secret, tryInside, untilReady, type Named } from '../means/cluster.ts';
import { endNamespace } from '../means/namespace.ts';
import { say } from '../means/say.ts';

/** As no image can be pulled here, and processors are few. */
const OVERRIDES: readonly (readonly [RegExp, string])[] = [
  [/library\/postgres:\S+/g, 'library/postgres:15-bookworm'],
  [/library\/redis:\S+/g, 'library/redis:7.0-bookworm'],
  [/prom\/alertmanager:\S+/g, 'prom/alertmanager:v0.25.0'],
  [/(?<before>requests:\n +cpu: )'2'/g, '$<before>500m'],
];
/** Have no program to stand in. */
const LEFT_OUT = /grafana|jaeger/;

const textOf = async (file: string): Promise<string> =>
  OVERRIDES.reduce((text, [from, to]) => text.replaceAll(from, to), await readFile(join(PLAIN, file), 'utf8'));

async function applied(text: string): Promise<void> {
  const { code, stderr } = await tryInside(['kubectl', 'apply', '--filename=-'], text);
  // Warnings, too.
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

interface Starting extends Named {
  readonly status: {
    readonly initContainerStatuses?: readonly {
      readonly name: string;
      readonly state: { readonly terminated?: { readonly exitCode: number } };
      readonly lastState: { readonly terminated?: { readonly exitCode: number } };
    }[];
  };
}

/** What runs before Postgres, and how it ended, whether it waits to be tried again or is. */
async function guard(): Promise<{ name: string; exitCode: number }> {
  for (let tries = 0; tries < 180; tries += 1) {
    const [pod] = await list<Starting>('pods', 'app=postgres');
    for (const { name, state, lastState } of pod?.status.initContainerStatuses ?? []) {
      const ended = state.terminated ?? lastState.terminated;
      if (ended !== undefined) return { name, exitCode: ended.exitCode };
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error('Nothing kept Postgres from beginning within 180 s.');
}

/** infra/k8s, file by file, in an empty namespace; what was there before is gone. */
export function plain(): void {
  test('a placeholder that was left in secret.yaml keeps Postgres from beginning', async () => {
    await endNamespace();
    for (const file of [
      'base/namespace.yaml',
      'base/secret.yaml',
      'base/configmap.yaml',
      'base/postgres-statefulset.yaml',
    ])
      await applied(await textOf(file));
    expect(await guard()).toEqual({ name: 'no-placeholder', exitCode: 1 });
    const said = await kubectl('logs', 'postgres-0', '-c', 'no-placeholder', '--namespace', NAMESPACE);
    expect(said).toContain('secret.yaml');
  });

  test('with every secret said, the files applied in their order make a platform that one signs in to', async () => {
    const started = Date.now();
    for (const file of Object.keys(PLAIN_FILES).filter((name) => !LEFT_OUT.test(name))) {
      const text = await textOf(file);
      // Elsewhere it stands in what looks for it.
      await applied(file === 'base/secret.yaml' ? text.replaceAll('REPLACE-ME', 'said') : text);
    }
    await untilReady(300);
    say(`infra/k8s was ready after ${Math.round((Date.now() - started) / 1_000)} s.`);
    const body = JSON.stringify({
      email: await secret('first-admin', 'email'),
      password: await secret('first-admin', 'password'),
    });
    const status = await kubectl(
      ...['exec', '--namespace', NAMESPACE, 'deployment/console', '--', 'node', '-e'],
      `fetch('http://api-service/api/v1/auth/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} })
         .then(({ status }) => console.log(status));`,
    );
    expect(status.trim()).toBe('200');
  });
}
