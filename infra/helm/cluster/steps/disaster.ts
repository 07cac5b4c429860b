import { describe, expect, test } from 'vitest';
import { askPrometheus } from '../means/ask-prometheus.ts';
import { kubectl, list, NAMESPACE, query, tryHelm, untilReady, type Named } from '../means/cluster.ts';
import { again } from '../means/install-line.ts';
import { endNamespace, makeNamespace } from '../means/namespace.ts';
import { clip, people } from '../means/people.ts';
import { say } from '../means/say.ts';
import { IN_SECOND_STORE, makeSecondStore } from '../means/second-store.ts';
import { until } from '../means/until.ts';

/** What the specification allows. */
const [ONE_SERVICE_SECONDS, DATABASE_SECONDS, CLUSTER_SECONDS] = [5 * 60, 30 * 60, 2 * 3600];
/** Of the nodes and of this machine, in seconds. */
const CLOCKS_APART = 5;
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

/** All is lost but what lies in a store elsewhere. It begins with nothing: `-t disaster` runs it alone. */
export function disaster(): void {
  describe('disaster', () => {
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

    test('a drill is held by hand of its CronJob: RTO and RPO are in its log, and told to Prometheus', async () => {
      const began = Date.now() / 1_000;
      const told = (await jobOf('drill', 'drill-manual')).trim();
      say(told);
      expect(told).toMatch(
        new RegExp(`^Good: \\d{8}-\\S+, and all that the video ${video} is played from is there\\.$`, 'm'),
      );
      expect(told).toMatch(/^RTO \d+ s: from nothing to all rows and a video that was read whole/m);
      expect(told).toMatch(/^RPO \d+ (s|min): /m);
      await until('the drill is told to Prometheus', async () =>
        (await askPrometheus('max(transcode_backup_drill_timestamp_seconds)')) >= Math.floor(began) - CLOCKS_APART
          ? true
          : undefined,
      );
      expect(await askPrometheus('max(transcode_backup_drill_passed)')).toBe(1);
      const rto = await askPrometheus('max(transcode_backup_drill_rto_seconds)');
      say(`Prometheus has an RTO of ${rto} s.`);
      expect(rto).toBeGreaterThan(0);
      expect(rto).toBeLessThanOrEqual(DATABASE_SECONDS);
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
  });
}
