import { expect, test } from 'vitest';
import { outside } from './checks/policies.ts';
import { environmentOf } from './checks/settings.ts';
import { only, type Container, type Manifest } from './helm/manifest.ts';
import { INSTALL, render } from './helm/render.ts';

const COPY = ['copy.url=s3://copies/ours', 'copy.region=eu-west-1', 'copy.existingSecret=copy-keys'];
const withValues = (...values: string[]) => render([...INSTALL, ...values.flatMap((value) => ['--set', value])]);

const containerOf = (objects: readonly Manifest[], name: string): Container =>
  only(objects, 'Deployment', name).spec.template.spec.containers[0] as Container;
const environment = (objects: readonly Manifest[], name: string): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(environmentOf(containerOf(objects, name), objects)).map(([key, { value }]) => [key, value]),
  );

const leaving = (objects: readonly Manifest[]): string[] =>
  outside(objects).filter((line) => line === 'api → {"cidr":"0.0.0.0/0"}:443');

test('as it comes nothing is copied', async () => {
  const objects = await withValues();
  expect(Object.keys(environment(objects, 'api')).join()).not.toMatch(/COPY_/);
});

test('the API gets address, region and keys of the second store, and nobody else does', async () => {
  const objects = await withValues(...COPY, 'copy.mode=synchronous', 'copy.keys.accessKeyId=id');
  expect(environment(objects, 'api')).toMatchObject({
    ...{ COPY_URL: 's3://copies/ours', COPY_MODE: 'synchronous', COPY_S3_REGION: 'eu-west-1' },
    // That of the objects would be taken, were none said.
    ...{ COPY_S3_ENDPOINT: 'https://s3.eu-west-1.amazonaws.com', S3_ENDPOINT: 'http://seaweedfs:8333' },
  });
  const { env } = containerOf(objects, 'api');
  for (const [name, key] of [
    ['COPY_S3_ACCESS_KEY_ID', 'id'],
    ['COPY_S3_SECRET_ACCESS_KEY', 'secretAccessKey'],
  ])
    expect(env).toContainEqual({ name, valueFrom: { secretKeyRef: { name: 'copy-keys', key } } });
  for (const name of ['worker-cpu', 'console'])
    expect(Object.keys(environment(objects, name)).join()).not.toMatch(/COPY_/);
});

test('beside the bundled S3 the API may leave the cluster for it, and only where there is one', async () => {
  expect(leaving(await withValues('backup.enabled=false', ...COPY))).toHaveLength(1);
  expect(leaving(await withValues('backup.enabled=false'))).toEqual([]);
});

test('where both are at Amazon, the SDK finds address and keys', async () => {
  const objects = await withValues(
    'storage.s3.bucket=b',
    'storage.s3.region=eu-west-1',
    'copy.url=s3://c',
    'copy.region=eu-central-1',
  );
  const found = environment(objects, 'api');
  expect([found['COPY_URL'], found['COPY_S3_REGION'], found['COPY_S3_ENDPOINT']]).toEqual([
    's3://c',
    'eu-central-1',
    undefined,
  ]);
});
