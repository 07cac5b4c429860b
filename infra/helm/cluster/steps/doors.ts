import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { kubectl, list, NAMESPACE, tryInside, type Named } from '../means/cluster.ts';
import { HOUSE } from '../means/house.ts';
import { say } from '../means/say.ts';

const run = promisify(execFile);
/** Shorter ones stand in texts by chance. */
const LONG_ENOUGH = 8;

/** Runs `transcode …` in a pod of the tools image, as docs/kubernetes.md says. */
export async function withTools<T>(
  work: (transcode: (...args: readonly string[]) => Promise<string>) => Promise<T>,
): Promise<T> {
  await kubectl('create', 'job', 'tools', '--from=cronjob/tools', '--namespace', NAMESPACE);
  try {
    await kubectl('wait', 'job/tools', '--for=jsonpath={.status.ready}=1', '--namespace', NAMESPACE, '--timeout=180s');
    return await work((...args) => kubectl('exec', '--namespace', NAMESPACE, 'job/tools', '--', 'transcode', ...args));
  } finally {
    await kubectl('delete', 'job', 'tools', '--namespace', NAMESPACE, '--wait');
  }
}

export function doors(): void {
  test('accounts and keys are reached by kubectl exec in the tools image', async () => {
    await withTools(async (transcode) => {
      expect(await transcode('user', 'list')).toContain('admin@localhost');
      const key = (await transcode('token', '--role', 'viewer')).trim().split('\n').at(-1) ?? '';
      const asked = await kubectl(
        ...['exec', '--namespace', 'ingress-nginx', 'client', '--', 'node', '-e'],
        `fetch('http://api-service.${NAMESPACE}/api/v1/me', { headers: { authorization: 'Bearer ${key}' } }).then(({ status }) => console.log(status))`,
      );
      expect(asked.trim()).toBe('200');
    });
  });

  test('the bundle for support has what helps, and no secret', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    try {
      const file = join(folder, 'bundle.tar.gz');
      const { code, stdout, stderr } = await tryInside([
        ...[join(HOUSE, 'infra/helm/support-bundle'), '--namespace', NAMESPACE, '--out', file],
      ]);
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${file}\n`, stderr: '' });
      await run('tar', ['-xzf', file, '-C', folder]);
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile() && entry.name !== 'bundle.tar.gz');
      const texts = await Promise.all(
        files.map(async ({ parentPath, name }) => [name, await readFile(join(parentPath, name), 'utf8')] as const),
      );
      say(`The bundle has ${texts.length} files.`);
      const refused = texts.filter(([, text]) => text.includes('support-bundle: exit'));
      // What has not been restarted has no earlier log; usage needs a server of metrics that is not there.
      expect(refused.map(([name]) => name).filter((name) => !/\.previous\.log$|^usage\.txt$/.test(name))).toEqual([]);
      const ready = texts.filter(([name]) => /^(api|worker-cpu)-.*\.ready\.txt$/.test(name));
      expect(ready.map(([, text]) => text.slice(0, 3))).toEqual(Array.from({ length: 5 }, () => '200'));
      const told = (await secrets()).filter(([, value]) => texts.some(([, text]) => text.includes(value)));
      expect(told.map(([name]) => name)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

/** Every text in a Secret that the chart makes, as it is and as the cluster writes it. */
async function secrets(): Promise<[name: string, text: string][]> {
  const all = await list<Named & { readonly type: string; readonly data: Readonly<Record<string, string>> }>('secrets');
  return all
    .filter(({ type, metadata }) => type === 'Opaque' && metadata.name !== 'alertmanager-config')
    .flatMap(({ metadata, data }) =>
      Object.entries(data)
        .filter(([key]) => !['email', 'accessKeyId'].includes(key))
        .flatMap(([key, base64]): [string, string][] => [
          [`${metadata.name}/${key}`, base64],
          [`${metadata.name}/${key}`, Buffer.from(base64, 'base64').toString()],
        ]),
    )
    .filter(([, text]) => text.length >= LONG_ENOUGH);
}
