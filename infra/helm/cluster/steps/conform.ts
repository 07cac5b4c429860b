import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHART } from '../../src/chart.ts';
import { HELM_4 } from '../../test/helm/helms.ts';
import { INSTALL, runHelm } from '../../test/helm/render.ts';
import { KEPT } from './house.ts';
import { runScript } from './run-script.ts';
import { say } from './say.ts';

const PROGRAMS = join(KEPT, 'bin');
const SCHEMAS = join(KEPT, 'schemas');
/** The oldest and the newest, as ../conformance/build has them. */
const VERSIONS = ['1.25.16', '1.37.2'];
const LOCATIONS = ['{{ .NormalizedKubernetesVersion }}', 'custom'].flatMap((folder) => [
  '-schema-location',
  join(SCHEMAS, folder, '{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json'),
]);

/** What is off unless asked for, and in no example. */
const OPTIONAL = [
  ...[...INSTALL, '--set', 'verticalPodAutoscaler.enabled=true', '--set', 'priorityClasses.create=true'],
  ...['--set', 'workers.gpu.enabled=true', '--set', 'workers.cpu.scratch.storageClass=fast'],
  ...['--set', 'resourceQuota.enabled=true', '--set-string', 'resourceQuota.hard.pods=50'],
  ...['--set', 'limitRange.enabled=true', '--set', 'limitRange.limits[0].type=Container'],
];
const RENDERED: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['the install line', INSTALL],
  ['all that is optional', OPTIONAL],
  ...globSync('examples/*.yaml', { cwd: CHART })
    .toSorted()
    .map((file): [string, string[]] => [basename(file, '.yaml'), ['-f', join(CHART, file)]]),
];

interface Judged {
  readonly resources: readonly { readonly kind: string; readonly name: string; readonly msg: string }[];
  readonly summary: {
    readonly valid: number;
    readonly invalid: number;
    readonly errors: number;
    readonly skipped: number;
  };
}

/** kubeconform's word on a text of manifests. Resources that are valid are counted and not named. */
async function judge(manifests: string, version: string): Promise<Judged> {
  const child = spawn(
    join(PROGRAMS, 'kubeconform'),
    ['-strict', '-summary', '-output', 'json', '-kubernetes-version', version, ...LOCATIONS],
    { stdio: 'pipe' },
  );
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(manifests);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Judged;
}

const complaints = ({ resources }: Judged): string[] =>
  resources.map(({ kind, name, msg }) => `${kind}/${name}: ${msg}`);

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: one }\nspec:\n  containers: [{ name: one, image: one }]\n';

export function conform(): void {
  describe('kubeconform -strict', () => {
    beforeAll(() => runScript('conformance/build', PROGRAMS, SCHEMAS));

    test.for(VERSIONS)('finds what Kubernetes %s would refuse', async (version) => {
      expect((await judge(POD, version)).summary).toEqual({ valid: 1, invalid: 0, errors: 0, skipped: 0 });
      for (const wrong of [
        POD.replace('image:', 'imgae:'),
        POD.replace('image: one', 'image: one, ports: [{ containerPort: http }]'),
        POD.replace('metadata: { name: one }', 'metadata: { name: one, label: { a: b } }'),
        POD.replace('containers: [', 'container: ['),
        `${POD}spec: {}\n`,
        POD.replace('kind: Pod', 'kind: Pot'),
      ]) {
        const { valid, skipped } = (await judge(wrong, version)).summary;
        expect({ wrong, valid, skipped }).toEqual({ wrong, valid: 0, skipped: 0 });
      }
    });

    test('knows what came with a version', async () => {
      const budget = `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: one }\nspec: { unhealthyPodEvictionPolicy: AlwaysAllow }\n`;
      const judged = await Promise.all(VERSIONS.map((version) => judge(budget, version)));
      expect(judged.map(({ summary }) => summary.valid)).toEqual([0, 1]);
    });

    describe.for(VERSIONS)('of Kubernetes %s takes every object, and skips none', (version) => {
      test.for(RENDERED)('%s', async ([name, args]) => {
        const { code, stdout, stderr } = await runHelm(
          ['template', 'transcode', CHART, '-n', 'transcode', '--kube-version', version, ...args],
          { helm: HELM_4 },
        );
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const objects = stdout.match(/^kind: /gm)?.length ?? 0;
        const judged = await judge(stdout, version);
        say(`${name} for ${version}: ${JSON.stringify(judged.summary)}`);
        expect(complaints(judged)).toEqual([]);
        expect(judged.summary).toEqual({ valid: objects, invalid: 0, errors: 0, skipped: 0 });
      });
    });
  });
}
