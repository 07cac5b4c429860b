import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { CHART } from '../../src/chart.ts';
import { HELM_3, type Helm } from './helms.ts';
import type { Manifest } from './manifest.ts';

interface Options {
  readonly helm?: Helm;
  readonly chart?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Helm with an environment of its own, so that nobody's plug-ins, repositories or clusters have a say. */
export async function runHelm(args: readonly string[], { helm = HELM_3, env = {} }: Options = {}) {
  const child = spawn(helm.program, args, {
    // It ends before its memory matters: tidying that up takes a quarter of its time.
    env: { HOME: '/nonexistent', KUBECONFIG: '/nonexistent', GOGC: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

/** What Kubernetes would get. */
export async function render(args: readonly string[], options: Options = {}): Promise<Manifest[]> {
  const { chart = CHART } = options;
  const { code, stdout, stderr } = await runHelm(['template', 'transcode', chart, '-n', 'transcode', ...args], options);
  if (code !== 0) throw new Error(stderr);
  return stdout.split(/^---$/m).flatMap((document) => structuredClone(read(document)) ?? []);
}

/** Of a hundred documents few differ between two renderings, and to read the dashboards takes as long as to render them. */
const known = new Map<string, Manifest | null>();

function read(document: string): Manifest | null {
  const found = known.get(document) ?? (parse(document) as Manifest | null);
  known.set(document, found);
  return found;
}

/** What the issue of the chart promises to be enough. */
export const INSTALL = [
  'secrets.postgres.password=pg-password',
  'secrets.aws.accessKeyId=AKIAEXAMPLE',
  'secrets.aws.secretAccessKey=example-secret',
  'ingress.hosts[0].host=api.example.com',
].flatMap((value) => ['--set', value]);
