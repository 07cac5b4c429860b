import { expect, test } from 'vitest';
import { kubectl, list, NAMESPACE, query, tryHelm, untilReady, type Named } from '../means/cluster.ts';
import { again } from '../means/install-line.ts';
import { endNamespace, makeNamespace } from '../means/namespace.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';
import { IN_SECOND_STORE, makeSecondStore } from '../means/second-store.ts';

/** What the specification allows. */
const [ONE_SERVICE_SECONDS, CLUSTER_SECONDS] = [5 * 60, 2 * 3600];
/** The same account in both installations: its row comes back with the database. */
const ACCOUNT = ['--set', 'secrets.firstAdmin.password=the-same-as-before'];
/** Nobody works with the database while it is restored. */
const WAITING = ['api', 'workers.cpu'].flatMap((part) => [
  ...['--set', `${part}.autoscaling.enabled=false`],
  ...['--set', `${part}.replicas=0`],
]);

async function helm(verb: 'install' | 'upgrade', ...more: readonly string[]): Promise<void> {
  const { code, stderr } = await tryHelm([...again(verb), ...IN_SECOND_STORE, ...ACCOUNT, ...more]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

interface Job extends Named {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Makes a Job of a CronJob, as it is written in docs, and gives what it said; throws that where it did not end well. */
async function jobOf(cronJob: string, name: string): Promise<string> {
  await kubectl('create', 'job', `--from=cronjob/${cronJob}`, name, '--namespace', NAMESPACE);
  for (let tries = 0; tries < 600; tries += 1) {
    const job = (await list<Job>('jobs')).find(({ metadata }) => metadata.name === name);
    const is = (type: string) =>
      job?.status.conditions?.some((one) => one.type === type && one.status === 'True') === true;
    if (is('Complete')) return kubectl('logs', `job/${name}`, '--namespace', NAMESPACE);
    if (is('Failed')) throw new Error(await kubectl('logs', `job/${name}`, '--namespace', NAMESPACE));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`The Job ${name} did not end within ten minutes.`);
}

const untilThere = (...names: readonly string[]) =>
  Promise.all(
    names.map((name) =>
      kubectl('rollout', 'status', `statefulset/${name}`, '--namespace', NAMESPACE, '--timeout=300s'),
    ),
  );

/** All is lost but what lies in a store elsewhere. */
export function disaster(): void {
  let video = '';

  test('with objects and backups elsewhere, a backup is made by hand of its CronJob, as written', async () => {
    await endNamespace();
    people.forget();
    await makeSecondStore();
    await makeNamespace();
    await helm('install');
    await untilReady(300);
    video = (await people.upload('survives.mp4', await clip(12))).id;
    await people.play((await people.ready(video)).url);
    const [postgres, redis] = [
      await jobOf('postgres-backup', 'postgres-backup-manual'),
      await jobOf('redis-backup', 'redis-backup-manual'),
    ];
    say(`${postgres.trim()}\n${redis.trim()}`);
    expect(postgres).toMatch(/Restored and compared/);
    expect(postgres).toMatch(/Objects of 1 video/);
    expect(redis).toMatch(/Loaded by Redis/);
  });

  test('API and its Service are deleted: an upgrade brings them back', async () => {
    const started = Date.now();
    await kubectl('delete', 'deployment/api', 'service/api-service', '--namespace', NAMESPACE);
    await helm('upgrade');
    await kubectl('rollout', 'status', 'deployment/api', '--namespace', NAMESPACE, '--timeout=300s');
    await people.play((await people.ready(video)).url);
    const seconds = Math.round((Date.now() - started) / 1_000);
    say(`One service was back ${seconds} s after it was deleted.`);
    expect(seconds).toBeLessThanOrEqual(ONE_SERVICE_SECONDS);
  });

  test('the namespace is deleted: installed anew and restored by a Job, it plays the video', async () => {
    const rows = await query('SELECT count(*) FROM "Video"');
    const started = Date.now();
    await endNamespace();
    people.forget();
    await makeNamespace();
    await helm('install', ...WAITING);
    await untilThere('postgres', 'redis');
    const restored = await jobOf('restore', 'restore');
    say(restored.trim());
    expect(restored).toMatch(/^Restored \d{8}-/m);
    expect(restored).toMatch(/Objects of 1 video: (?<all>\d+) of \k<all> are there/);
    expect(await query('SELECT count(*) FROM "Video"')).toBe(rows);
    await helm('upgrade');
    await untilReady(300);
    const { parts } = await people.play((await people.ready(video)).url);
    const seconds = Math.round((Date.now() - started) / 1_000);
    say(`From a deleted namespace to a video that plays, ${parts} parts: ${seconds} s.`);
    expect(seconds).toBeLessThanOrEqual(CLUSTER_SECONDS);
    await people.play((await people.ready((await people.upload('new.mp4', await clip(3))).id)).url);
  });

  test('over what lives a restore does nothing, and says why', async () => {
    await expect(jobOf('restore', 'restore-over-rows')).rejects.toThrow(/There are rows in the database/);
  });
}
