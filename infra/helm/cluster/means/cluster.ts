import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { HELM_4, type Helm } from '../../test/helm/helms.ts';

export const NAMESPACE = 'transcode';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command where the cluster is reachable, however it ends. */
export async function tryInside(command: readonly string[], input: string | Buffer = ''): Promise<Ended> {
  const [program = '', ...args] = [...inject('cluster').inside, ...command];
  const child = spawn(program, args, { stdio: 'pipe' });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // One that ends without reading has said why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

async function inside(command: readonly string[], input: string | Buffer = ''): Promise<string> {
  const { code, stdout, stderr } = await tryInside(command, input);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return stdout;
}

export const kubectl = (...args: readonly string[]): Promise<string> => inside(['kubectl', ...args]);

/** What Postgres answers, row by row. */
export const query = async (sql: string): Promise<string> =>
  (
    await kubectl(...['exec', '--namespace', NAMESPACE, 'postgres-0', '--', 'psql', '-U', 'transcode', '-Atc', sql])
  ).trim();

export const tryHelm = (args: readonly string[], helm: Helm = HELM_4): Promise<Ended> =>
  tryInside([helm.program, '--namespace', NAMESPACE, ...args]);

export const apply = (...objects: readonly object[]): Promise<string> =>
  inside(['kubectl', 'apply', '--filename=-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));

export interface Named {
  readonly metadata: { readonly name: string; readonly uid: string; readonly generation?: number };
}

export interface Pod extends Named {
  readonly metadata: Named['metadata'] & {
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly nodeName: string;
    readonly containers: readonly {
      readonly image: string;
      readonly resources: { readonly requests?: Readonly<Record<string, string>> };
    }[];
  };
  readonly status: {
    readonly podIP: string;
    readonly phase: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

/** Objects of a kind in the release's namespace. */
export async function list<T = Named>(kind: string, selector = ''): Promise<T[]> {
  const chosen = selector === '' ? [] : [`--selector=${selector}`];
  const found = await kubectl('get', kind, '--namespace', NAMESPACE, '--output=json', ...chosen);
  return (JSON.parse(found) as { items: T[] }).items;
}

export const pods = (selector = ''): Promise<Pod[]> => list<Pod>('pods', selector);

/** Those that are not going. */
export const staying = async (selector: string): Promise<Pod[]> =>
  (await pods(selector)).filter(({ metadata }) => metadata.deletionTimestamp === undefined);

export const isReady = ({ status }: Pod): boolean =>
  (status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');

export async function secret(name: string, key: string): Promise<string> {
  const text64 = await kubectl('get', 'secret', name, '--namespace', NAMESPACE, `--output=jsonpath={.data.${key}}`);
  return Buffer.from(text64, 'base64').toString();
}

interface Scaler extends Named {
  readonly spec: { readonly minReplicas: number; readonly scaleTargetRef: { readonly name: string } };
}

/** Waits for all pods that stay to be ready, and as many of them as autoscalers want at least; gives the seconds. */
export async function untilReady(limitSeconds: number): Promise<number> {
  const started = Date.now();
  for (;;) {
    const scalers = await list<Scaler>('horizontalpodautoscalers');
    const all = (await pods()).filter(
      ({ metadata, status }) => metadata.labels['component'] !== 'test' && status.phase !== 'Succeeded',
    );
    const seconds = Math.round((Date.now() - started) / 1_000);
    const few = scalers
      .filter(
        ({ spec }) =>
          all.filter(({ metadata }) => metadata.labels['component'] === spec.scaleTargetRef.name).length <
          spec.minReplicas,
      )
      .map(({ metadata }) => `enough of ${metadata.name}`);
    if (all.length > 0 && all.every(isReady) && few.length === 0) return seconds;
    if (seconds > limitSeconds) {
      const late = [...few, ...all.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name)];
      throw new Error(`After ${seconds} s these are not ready: ${late.join(', ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
