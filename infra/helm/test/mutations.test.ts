import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { CHART } from '../src/chart.ts';
import { everyComplaint } from './checks/all.ts';
import { INSTALL, render } from './helm/render.ts';

interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What has to be said of it. */
  readonly complaint: RegExp;
}

/** What somebody may break, each in a copy of the chart: something has to notice. */
const MUTATIONS: readonly Mutation[] = [
  {
    ...{ name: 'a wrong port', file: 'templates/api/service.yaml', from: 'port: 80,', to: 'port: 8080,' },
    complaint: /api-service has other ports/,
  },
  {
    ...{
      name: 'a port that nobody listens at',
      file: 'templates/console/service.yaml',
      from: 'targetPort: http',
      to: 'targetPort: web',
    },
    complaint: /Service\/console leads to web/,
  },
  {
    ...{ name: 'a lost probe', file: 'templates/_pods.tpl', from: 'livenessProbe:', to: 'x-livenessProbe:' },
    complaint: /it has no livenessProbe/,
  },
  {
    ...{
      name: 'liveness that asks the database',
      file: 'templates/api/deployment.yaml',
      from: '"alive" "/health"',
      to: '"alive" "/ready"',
    },
    complaint: /livenessProbe asks \/ready/,
  },
  {
    ...{
      name: 'an open policy',
      file: 'templates/networking/network-policies.yaml',
      from: '- podSelector: { matchLabels: {{ include "transcode.selector" (list $ .from) | fromYaml | toJson }} }',
      to: '- podSelector: {}',
    },
    complaint: /the policy of postgres is open/,
  },
  {
    ...{
      name: 'a policy that is lost',
      file: 'templates/networking/_connections.tpl',
      from: '(dict "from" "api" "to" "console" "port" 3000)',
      to: '',
    },
    complaint: /api → console:3000 is refused/,
  },
  {
    ...{
      name: 'a missing secret key',
      file: 'templates/secrets/signing-secrets.yaml',
      from: '{{ $signing.keys.grant }}:',
      to: 'other:',
    },
    complaint: /names grant of signing-secrets/,
  },
  {
    ...{ name: 'a lost label', file: 'templates/_names.tpl', from: 'component: {{ $part }}', to: 'part: {{ $part }}' },
    complaint: /has not the label component=api/,
  },
  {
    ...{ name: 'a root user', file: 'templates/_workers.tpl', from: '"user" 10001', to: '"user" 0' },
    complaint: /worker-cpu has no user that is a number and not root/,
  },
  {
    ...{
      name: 'a root that may be written',
      file: 'templates/_pods.tpl',
      from: 'readOnlyRootFilesystem: true',
      to: 'readOnlyRootFilesystem: false',
    },
    complaint: /may write to its root/,
  },
  {
    ...{ name: 'a token for who needs none', file: 'templates/_pods.tpl', from: '.token | default false', to: 'true' },
    complaint: /has a token that it does not need/,
  },
  {
    ...{
      name: 'a grace that is too short',
      file: 'templates/_workers.tpl',
      from: '$contract.handBackSeconds 15',
      to: '0',
    },
    complaint: /shorter than a drain/,
  },
  {
    ...{
      name: 'a secret in the open',
      file: 'templates/_settings.tpl',
      from: 'SCRATCH_DIR: /scratch',
      to: 'SCRATCH_DIR: /scratch\nGRANT_SECRET: in-the-open-for-all-who-read-it-here',
    },
    complaint: /GRANT_SECRET is in no Secret/,
  },
  {
    ...{
      name: 'a setting that is lost',
      file: 'templates/_settings.tpl',
      from: 'STORAGE_URL: {{ include "transcode.storageUrl" . }}\n',
      to: '\n',
    },
    complaint: /STORAGE_URL/,
  },
  {
    ...{
      name: 'a setting that nobody reads',
      file: 'templates/api/deployment.yaml',
      from: "{ name: PORT, value: '8080' }",
      to: "{ name: HTTP_PORT, value: '8080' }",
    },
    complaint: /HTTP_PORT is not read/,
  },
  {
    ...{ name: 'fewer consoles', file: 'values.yaml', from: 'replicas: 2', to: 'replicas: 1' },
    complaint: /console has 1 replicas/,
  },
  {
    ...{ name: 'fewer APIs', file: 'values.yaml', from: 'minReplicas: 3', to: 'minReplicas: 1' },
    complaint: /api is not scaled as the table says/,
  },
  {
    ...{
      name: 'a number beside an autoscaler',
      file: 'templates/_workers.tpl',
      from: '{{- with include "transcode.replicas" (list $root $part .worker) }}\n  {{ . }}\n  {{- end }}',
      to: 'replicas: 2',
    },
    complaint: /Deployment\/worker-cpu is scaled, and says a number/,
  },
  {
    ...{
      name: 'an autoscaler of something else',
      file: 'templates/scaling/horizontal-pod-autoscalers.yaml',
      from: 'name: {{ include "transcode.name" (list $ $part) }} }',
      to: 'name: workers }',
    },
    complaint: /Deployment\/workers is scaled, and is not there/,
  },
  {
    ...{
      name: 'a backup without its database',
      file: 'templates/backup/postgres-backup.yaml',
      from: '"reader" "postgres-backup"',
      to: '"reader" "console"',
    },
    complaint: /CronJob\/postgres-backup: .*DATABASE_URL/,
  },
  {
    ...{
      name: 'a backup that goes nowhere',
      file: 'templates/backup/_backup.tpl',
      from: 'BACKUP_URL: {{ include "transcode.backupUrl" . }}\n',
      to: '\n',
    },
    complaint: /CronJob\/redis-backup: nobody says where backups are/,
  },
  {
    ...{
      name: 'a backup that is kept from its store',
      file: 'templates/networking/_connections.tpl',
      from: '(dict "from" $part "to" "seaweedfs" "port" 8333) -}}\n{{- end -}}\n{{- if include "transcode.backupLeaves"',
      to: '(dict "from" $part "to" "seaweedfs" "port" 8334) -}}\n{{- end -}}\n{{- if include "transcode.backupLeaves"',
    },
    complaint: /redis-backup → seaweedfs:8333 is refused/,
  },
  {
    ...{
      name: 'a backup whose scratch has no end',
      file: 'templates/backup/_backup.tpl',
      from: 'emptyDir: { sizeLimit: {{ .job.scratch.sizeLimit }} }',
      to: 'emptyDir: {}',
    },
    complaint: /CronJob\/postgres-backup has an emptyDir without an end/,
  },
];

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

test.for(MUTATIONS)('$name is noticed', async ({ file, from, to, complaint }) => {
  const chart = await mkdtemp(join(tmpdir(), 'chart-'));
  folders.push(chart);
  await cp(CHART, chart, { recursive: true });
  const text = await readFile(join(chart, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(chart, file), text.replaceAll(from, to));
  const complaints = everyComplaint(await render(INSTALL, { chart }));
  expect(complaints.filter((one) => complaint.test(one))).not.toEqual([]);
});
