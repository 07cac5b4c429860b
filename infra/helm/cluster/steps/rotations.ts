import { expect, test } from 'vitest';
import {
  kubectl,
  list,
  NAMESPACE,
  query,
  secret,
  tryHelm,
  tryInside,
  untilReady,
  type Named,
} from '../means/cluster.ts';
import { again } from '../means/install-line.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';
import { until } from '../means/until.ts';

/** The table of docs/kubernetes.md, line by line, as it stands there. */
const NEW = {
  postgres: 'another-postgres-password',
  redis: 'another-redis-password',
  accessKeyId: 'AKIAANOTHER',
  secretAccessKey: 'another-secret-access-key',
  auth: 'another-text-of-32-characters-for-sessions',
  grant: 'another-text-of-32-characters-for-addresses',
} as const;

async function upgrade(...values: readonly string[]): Promise<void> {
  const { code, stderr } = await tryHelm([...again('upgrade'), ...values.flatMap((value) => ['--set', value])]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

async function restart(...names: readonly string[]): Promise<void> {
  await kubectl('rollout', 'restart', ...names, '--namespace', NAMESPACE);
  for (const name of names) await kubectl('rollout', 'status', name, '--namespace', NAMESPACE, '--timeout=600s');
  await untilReady(300);
  // Who leaves goes on serving for a moment, by what was before.
  await until('those of before are gone', async () =>
    (await list<Leaving>('pods')).every(({ metadata }) => metadata.deletionTimestamp === undefined) ? true : undefined,
  );
}

interface Leaving extends Named {
  readonly metadata: Named['metadata'] & { readonly deletionTimestamp?: string };
}

/** How a command in a pod ends, with what it says. */
async function inPod(pod: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await tryInside([
    ...['kubectl', 'exec', '--namespace', NAMESPACE, pod, '--', 'sh', '-c', script],
  ]);
  return `${code}: ${stdout}${stderr}`;
}

/** By the pod's own address, as Postgres asks nobody for a password who comes by loopback. */
const postgresBy = (password: string): Promise<string> =>
  inPod('postgres-0', `PGPASSWORD='${password}' psql -h "$(hostname -i)" -U transcode -Atc 'SELECT 1'`);
const redisBy = (password: string): Promise<string> =>
  inPod('redis-0', `REDISCLI_AUTH='${password}' redis-cli -h 127.0.0.1 ping 2>&1`);

/** What was there plays, and what is new is made. */
async function isWhole(url: string, name: string): Promise<void> {
  await people.play(url);
  await people.play((await people.ready((await people.upload(name, await clip(3))).id)).url);
}

/** How often nobody was served while something was done. */
async function whileAsked(what: string, seconds: number, work: () => Promise<void>): Promise<void> {
  const [{ answers }] = await Promise.all([people.ask(seconds), work()]);
  const away = answers.filter(({ status }) => status !== 200);
  const outage = away.length === 0 ? 0 : (away.at(-1)?.at ?? 0) - (away[0]?.at ?? 0);
  say(`${what}: ${away.length} of ${answers.length} requests were refused, over ${outage.toFixed(1)} s.`);
  expect(away.filter(({ status }) => status !== 503)).toEqual([]);
}

export function rotations(): void {
  test('Postgres’ password is changed', async () => {
    const old = await secret('postgres-credentials', 'password');
    const { url } = await people.ready((await people.upload('before-rotation.mp4', await clip(3))).id);
    await whileAsked('A new password of Postgres', 120, async () => {
      await query(`ALTER ROLE transcode PASSWORD '${NEW.postgres}'`);
      await upgrade(`secrets.postgres.password=${NEW.postgres}`);
      await restart('deployment/api', 'deployment/worker-cpu');
    });
    expect(await postgresBy(NEW.postgres)).toMatch(/^0: 1/);
    expect(await postgresBy(old)).toMatch(/password authentication failed/);
    await isWhole(url, 'after-postgres.mp4');
  });

  test('Redis’ password is changed', async () => {
    const old = await secret('redis-credentials', 'password');
    const { url } = await people.ready((await people.upload('before-redis.mp4', await clip(3))).id);
    await upgrade(`secrets.redis.password=${NEW.redis}`);
    await restart('statefulset/redis', 'deployment/api', 'deployment/worker-cpu');
    expect(await redisBy(NEW.redis)).toMatch(/^0: PONG/);
    expect(await redisBy(old)).toMatch(/WRONGPASS|NOAUTH/);
    await isWhole(url, 'after-redis.mp4');
  });

  test('the keys of the bundled S3 are changed', async () => {
    const { url } = await people.ready((await people.upload('before-s3.mp4', await clip(3))).id);
    await upgrade(`secrets.aws.accessKeyId=${NEW.accessKeyId}`, `secrets.aws.secretAccessKey=${NEW.secretAccessKey}`);
    await restart('statefulset/seaweedfs', 'deployment/api', 'deployment/worker-cpu');
    expect(await secret('storage-credentials', 'accessKeyId')).toBe(NEW.accessKeyId);
    await isWhole(url, 'after-s3.mp4');
  });

  test('what signs is changed: who is at the pages signs in again, addresses end, sessions of the API go on', async () => {
    const { id } = await people.upload('before-signing.mp4', await clip(3));
    const { url } = await people.ready(id);
    const cookie = await people.cookie();
    expect(await people.me(cookie)).toEqual({ status: 200 });
    await upgrade(`secrets.signing.auth=${NEW.auth}`, `secrets.signing.grant=${NEW.grant}`);
    await restart('deployment/api', 'deployment/console');
    expect(await people.me(cookie)).toEqual({ status: 401 });
    expect(await people.me(await people.cookie())).toEqual({ status: 200 });
    await expect(people.play(url)).rejects.toThrow(/answered 404/);
    await isWhole((await people.ready(id)).url, 'after-signing.mp4');
  });

  test('an upgrade that does not say them again keeps them', async () => {
    await upgrade();
    expect(await secret('postgres-credentials', 'password')).toBe(NEW.postgres);
    expect(await secret('redis-credentials', 'password')).toBe(NEW.redis);
    expect(await secret('signing-secrets', 'grant')).toBe(NEW.grant);
  });
}
