import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHART } from '../src/chart.ts';
import { outside } from './checks/policies.ts';
import { environmentOf } from './checks/settings.ts';
import { HELM_4 } from './helm/helms.ts';
import { only, type Container, type Manifest } from './helm/manifest.ts';
import { INSTALL, render, runHelm } from './helm/render.ts';

const JOBS = ['postgres-backup', 'redis-backup', 'restore', 'drill'];
const withValues = (...values: string[]) => render([...INSTALL, ...values.flatMap((value) => ['--set', value])]);
const podOf = (objects: readonly Manifest[], name: string): Manifest['spec'] =>
  only(objects, 'CronJob', name).spec.jobTemplate.spec.template.spec;
const containerOf = (objects: readonly Manifest[], name: string): Container =>
  podOf(objects, name).containers[0] as Container;
const env = (objects: readonly Manifest[], name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environmentOf(containerOf(objects, name), objects)).map(([key, { value }]) => [key, value]),
  );

const environmentOfApi = (objects: readonly Manifest[]): Record<string, string | undefined> => {
  const container = only(objects, 'Deployment', 'api').spec.template.spec.containers[0] as Container;
  return Object.fromEntries(Object.entries(environmentOf(container, objects)).map(([key, { value }]) => [key, value]));
};

describe('as it comes', () => {
  let objects: Manifest[] = [];
  beforeAll(async () => {
    objects = await render(INSTALL);
  });

  test.for([
    ['postgres-backup', '0 2 * * *', ['transcode', 'backup'], 14_400],
    ['redis-backup', '0 3 * * *', ['transcode', 'redis-backup'], 3_600],
    ['drill', '0 4 * * 0', ['transcode', 'drill'], 14_400],
  ] as const)('%s runs when it should by UTC, one at a time, and not for ever', ([name, schedule, args, seconds]) => {
    const { jobTemplate, ...spec } = only(objects, 'CronJob', name).spec;
    expect(spec).toEqual({
      ...{ schedule, timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 21_600 },
      ...{ successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3 },
    });
    expect(jobTemplate.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: seconds });
    expect(containerOf(objects, name).args).toEqual(args);
  });

  test('a restore is made of what never runs by itself, and is tried once', () => {
    const { suspend, concurrencyPolicy, jobTemplate } = only(objects, 'CronJob', 'restore').spec;
    expect([suspend, concurrencyPolicy, jobTemplate.spec.backoffLimit]).toEqual([true, 'Forbid', 0]);
    expect(containerOf(objects, 'restore').args).toEqual(['transcode', 'restore']);
  });

  test('each is of the tools image, and has room in /scratch, which ends', () => {
    for (const name of JOBS) {
      const { restartPolicy, volumes } = podOf(objects, name);
      const { image, volumeMounts, env: variables = [] } = containerOf(objects, name);
      expect([name, restartPolicy]).toEqual([name, 'Never']);
      expect(image).toBe('transcode/tools:v0.1.0');
      expect(volumeMounts).toContainEqual({ name: 'scratch', mountPath: '/scratch' });
      expect(variables).toContainEqual({ name: 'SCRATCH_DIR', value: '/scratch' });
      const sizeLimit = name === 'redis-backup' ? '2Gi' : '20Gi';
      expect(volumes).toContainEqual({ name: 'scratch', emptyDir: { sizeLimit } });
    }
  });

  test('that of Postgres knows no Redis, that of Redis no Postgres, a drill neither, and none what signs', () => {
    expect(Object.keys(env(objects, 'postgres-backup'))).not.toContain('REDIS_URL');
    expect(Object.keys(env(objects, 'redis-backup'))).not.toContain('DATABASE_URL');
    expect(Object.keys(env(objects, 'drill')).join()).not.toMatch(/DATABASE_URL|REDIS_URL/);
    for (const name of JOBS) expect(Object.keys(env(objects, name)).join()).not.toMatch(/AUTH_SECRET|GRANT_SECRET/);
  });

  test('they lie beside the objects, are not encrypted, and stay for thirty days; the notes say so', async () => {
    expect(env(objects, 'postgres-backup')).toMatchObject({
      ...{ BACKUP_URL: 's3://transcode/backups', STORAGE_URL: 's3://transcode', BACKUP_KEPT_DAYS: '30' },
      ...{ S3_ENDPOINT: 'http://seaweedfs:8333', AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' },
    });
    expect(Object.keys(env(objects, 'redis-backup')).join()).not.toMatch(/BACKUP_S3|RECIPIENTS|IDENTITY/);
    // Who tells of backups reads them, and knows no key that opens them.
    expect(environmentOfApi(objects)).toMatchObject({ BACKUP_URL: 's3://transcode/backups' });
    expect(Object.keys(environmentOfApi(objects)).join()).not.toMatch(/RECIPIENTS|IDENTITY/);
    expect(await notes()).toContain('on the same cluster as what they are to protect');
    expect(environmentOfApi(await withValues('backup.enabled=false'))).not.toHaveProperty('BACKUP_URL');
    expect(await notes('backup.enabled=false')).not.toContain('Backups are made');
  });
});

describe('in a bucket elsewhere', () => {
  const ELSEWHERE = ['backup.url=s3://backups/ours', 'backup.existingSecret=backup-keys', 'backup.region=eu-west-1'];

  test('beside the bundled S3, its own address, region and keys are told, and those of the objects for the objects', async () => {
    const objects = await withValues(...ELSEWHERE, 'backup.keys.accessKeyId=id', 'backup.keptDays=90');
    expect(env(objects, 'postgres-backup')).toMatchObject({
      ...{ BACKUP_URL: 's3://backups/ours', BACKUP_S3_REGION: 'eu-west-1', BACKUP_KEPT_DAYS: '90' },
      // That of the objects would be taken, were none said.
      ...{ BACKUP_S3_ENDPOINT: 'https://s3.eu-west-1.amazonaws.com', S3_ENDPOINT: 'http://seaweedfs:8333' },
    });
    const variables = containerOf(objects, 'redis-backup').env;
    expect(variables).toContainEqual({
      name: 'BACKUP_S3_ACCESS_KEY_ID',
      valueFrom: { secretKeyRef: { name: 'backup-keys', key: 'id' } },
    });
    expect(variables).toContainEqual({
      name: 'BACKUP_S3_SECRET_ACCESS_KEY',
      valueFrom: { secretKeyRef: { name: 'backup-keys', key: 'secretAccessKey' } },
    });
    expect(environmentOfApi(objects)).toMatchObject({
      ...{ BACKUP_URL: 's3://backups/ours', BACKUP_S3_ENDPOINT: 'https://s3.eu-west-1.amazonaws.com' },
    });
    expect(only(objects, 'Deployment', 'api').spec.template.spec.containers[0].env).toContainEqual({
      name: 'BACKUP_S3_ACCESS_KEY_ID',
      valueFrom: { secretKeyRef: { name: 'backup-keys', key: 'id' } },
    });
    expect(await notes(...ELSEWHERE)).not.toContain('same cluster');
  });

  test('it may be reached, and by who looks for objects the bundled S3, too', async () => {
    const objects = await withValues(...ELSEWHERE);
    const leaves = outside(objects).filter((line) => line.includes('0.0.0.0/0'));
    for (const name of [...JOBS, 'api']) expect(leaves).toContain(`${name} → {"cidr":"0.0.0.0/0"}:443`);
    const policy = (name: string) => JSON.stringify(only(objects, 'NetworkPolicy', `${name}-network-policy`).spec);
    expect(policy('postgres-backup')).toContain('"component":"seaweedfs"');
    expect(policy('redis-backup')).not.toContain('"component":"seaweedfs"');
  });

  test('where the objects are at Amazon, the SDK finds address and keys, by the accounts’ role', async () => {
    const objects = await render(['-f', join(CHART, 'examples/production.yaml')]);
    expect(Object.keys(env(objects, 'postgres-backup')).join()).not.toMatch(/ENDPOINT|ACCESS_KEY/);
    for (const name of JOBS) {
      expect(only(objects, 'ServiceAccount', name).metadata.annotations).toMatchObject({
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/transcode-backup',
      });
    }
  });
});

const json = (path: string, value: unknown): string[] => ['--set-json', `backup.${path}=${JSON.stringify(value)}`];

test('what is said of their pods is on them', async () => {
  const objects = await render([
    ...[...INSTALL, '--set', 'backup.priorityClassName=low', ...json('podLabels', { own: 'yes' })],
    ...[...json('nodeSelector', { pool: 'slow' }), ...json('tolerations', [{ key: 'slow', operator: 'Exists' }])],
    ...[...json('podAnnotations', { about: 'backups' }), ...json('affinity', { nodeAffinity: {} })],
    ...json('postgres.scratch', { sizeLimit: '200Gi', storageClass: 'fast' }),
    ...['--set', 'backup.backoffLimit=3,backup.startingDeadlineSeconds=60,backup.failedJobsHistoryLimit=9'],
    ...['--set', 'backup.successfulJobsHistoryLimit=0,backup.redis.activeDeadlineSeconds=99'],
    ...['--set', 'backup.redis.schedule=@daily,backup.redis.resources.limits.memory=4Gi'],
  ]);
  for (const name of JOBS) {
    const { template } = only(objects, 'CronJob', name).spec.jobTemplate.spec;
    expect(template.metadata).toMatchObject({ labels: { own: 'yes' }, annotations: { about: 'backups' } });
    expect(template.spec).toMatchObject({
      ...{ nodeSelector: { pool: 'slow' }, priorityClassName: 'low', affinity: { nodeAffinity: {} } },
      tolerations: [{ key: 'slow', operator: 'Exists' }],
    });
  }
  const claim = podOf(objects, 'postgres-backup').volumes.find((one: { name: string }) => one.name === 'scratch');
  expect(claim.ephemeral.volumeClaimTemplate.spec).toEqual({
    ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'fast' },
    resources: { requests: { storage: '200Gi' } },
  });
  const { jobTemplate, ...spec } = only(objects, 'CronJob', 'redis-backup').spec;
  expect(spec).toMatchObject({ schedule: '@daily', startingDeadlineSeconds: 60 });
  expect([spec.successfulJobsHistoryLimit, spec.failedJobsHistoryLimit]).toEqual([0, 9]);
  expect(jobTemplate.spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 99 });
  expect(containerOf(objects, 'redis-backup').resources?.limits?.['memory']).toBe('4Gi');
});

test('what is restored, and whether over rows, is said by values; the private key is a file for that alone', async () => {
  const id = '00000012-20261130T020000Z';
  const objects = await withValues(
    ...[`restore.backup=${id}`, 'restore.replace=true', 'restore.existingSecret=identity', 'restore.key=key.txt'],
    'backup.recipients={age1one,age1two}',
  );
  expect(containerOf(objects, 'restore').args).toEqual(['transcode', 'restore', id, '--replace']);
  expect(env(objects, 'restore')).toMatchObject({ BACKUP_IDENTITY_FILE: '/identities/key.txt' });
  expect(podOf(objects, 'restore').volumes).toContainEqual({
    name: 'identities',
    secret: { secretName: 'identity', items: [{ key: 'key.txt', path: 'key.txt' }] },
  });
  const { BACKUP_RECIPIENTS, BACKUP_IDENTITY_FILE } = env(objects, 'postgres-backup');
  expect([BACKUP_RECIPIENTS, BACKUP_IDENTITY_FILE]).toEqual(['age1one,age1two', undefined]);
  expect(containerOf(await withValues('restore.dryRun=true'), 'restore').args).toContain('--dry-run');
});

test('that of Redis may be left out, with all that is its own', async () => {
  const objects = await withValues('backup.redis.enabled=false');
  expect(objects.filter(({ metadata }) => metadata.name.includes('redis-backup'))).toEqual([]);
  only(objects, 'CronJob', 'postgres-backup');
});

const drills = (objects: readonly Manifest[]): Manifest[] =>
  objects.filter(({ metadata }) => metadata.name.startsWith('drill'));

test('drills are held where backups can be opened, by a private key that no other pod has', async () => {
  const encrypted = ['backup.recipients={age1one}', 'restore.existingSecret=other'];
  expect(drills(await withValues(...encrypted))).toEqual([]);
  expect(await notes(...encrypted)).toContain('No drill is held');
  expect(drills(await withValues('backup.drill.enabled=false'))).toEqual([]);
  const objects = await withValues(
    ...[...encrypted, 'backup.drill.existingSecret=identity', 'backup.drill.key=key.txt'],
    'backup.drill.schedule=@monthly',
  );
  expect(await notes(...encrypted, 'backup.drill.existingSecret=identity')).not.toContain('No drill is held');
  expect(only(objects, 'CronJob', 'drill').spec.schedule).toBe('@monthly');
  expect(env(objects, 'drill')).toMatchObject({ BACKUP_IDENTITY_FILE: '/identities/key.txt' });
  expect(podOf(objects, 'drill').volumes).toContainEqual({
    name: 'identities',
    secret: { secretName: 'identity', items: [{ key: 'key.txt', path: 'key.txt' }] },
  });
  expect(JSON.stringify(podOf(objects, 'postgres-backup'))).not.toContain('identit');
});

test('without them nothing of it is there', async () => {
  const objects = await withValues('backup.enabled=false');
  expect(objects.filter(({ metadata }) => /backup|restore|drill/.test(metadata.name))).toEqual([]);
});

async function notes(...values: string[]): Promise<string> {
  const sets = values.flatMap((value) => ['--set', value]);
  const { stdout } = await runHelm(['install', 'transcode', CHART, '--dry-run=client', ...INSTALL, ...sets], {
    helm: HELM_4,
  });
  return stdout.slice(stdout.indexOf('\nNOTES:'));
}
