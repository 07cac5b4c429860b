import { DRAIN_DEADLINE_MS, HAND_BACK_MS } from '@transcode/contracts';
import { readSettings, settingNames, SETTINGS, type Reader, type Setting } from '@transcode/contracts/settings';
import { podsOf, type Container, type Manifest, type Pod } from '../helm/manifest.ts';

const READERS: Readonly<Record<string, readonly Reader[]>> = {
  ...{ api: ['api'], worker: ['worker'], console: ['console'] },
  'postgres-backup': ['postgres-backup', 'backup'],
  'redis-backup': ['redis-backup', 'backup'],
  restore: ['postgres-backup', 'backup'],
  drill: ['drill', 'backup'],
};
/** What Next.js and next-auth read beside ours. */
const OF_OTHERS = new Set(['HOST', 'PORT', 'NEXTAUTH_URL', 'AUTH_TRUST_HOST']);
/** What Node.js reads beside ours. */
const OF_NODE = new Set(['NODE_EXTRA_CA_CERTS']);
/** The images' own. */
const OF_IMAGES = { TRANSCODE_FFMPEG: '/usr/local/bin/ffmpeg', TRANSCODE_FFPROBE: '/usr/local/bin/ffprobe' };

/** What a process of ours would say of its environment, and whether it gets what it does not read, or a secret in the open. */
export function settingComplaints(objects: readonly Manifest[]): string[] {
  return podsOf(objects).flatMap((pod) =>
    pod.spec.containers.flatMap((container) => {
      const readers = READERS[container.name];
      return readers === undefined ? [] : ofProcess(pod, container, readers, objects);
    }),
  );
}

function ofProcess(pod: Pod, container: Container, readers: readonly Reader[], objects: readonly Manifest[]): string[] {
  const env = environmentOf(container, objects);
  const names = new Set<string>(readers.flatMap((reader) => settingNames(reader)));
  const settings: Readonly<Record<string, Setting>> = SETTINGS;
  const complaints: string[] = [];
  for (const [name, { secret }] of Object.entries(env)) {
    const isOfOthers = OF_NODE.has(name) || (readers.includes('console') && OF_OTHERS.has(name));
    if (!names.has(name) && !isOfOthers) complaints.push(`${name} is not read`);
    if (settings[name]?.secret === true && !secret) complaints.push(`${name} is in no Secret`);
  }
  try {
    const values = Object.entries(env).map(([name, { value }]) => [name, value]);
    for (const reader of readers)
      readSettings(reader, { ...(reader === 'worker' ? OF_IMAGES : {}), ...(Object.fromEntries(values) as object) });
  } catch (error) {
    complaints.push(error instanceof Error ? error.message : String(error));
  }
  if (readers.includes('backup') && env['BACKUP_URL'] === undefined) complaints.push('nobody says where backups are');
  if (readers.includes('worker')) {
    const grace = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    if (grace < DRAIN_DEADLINE_MS + HAND_BACK_MS + 10_000) complaints.push('the grace is shorter than a drain');
  }
  return complaints.map((complaint) => `${pod.owner}: ${complaint}`);
}

/** What a container gets, with what stands for secrets of others. */
export function environmentOf(
  container: Container,
  objects: readonly Manifest[],
): Record<string, { value: string; secret: boolean }> {
  const find = (kind: string, name: string): Manifest | undefined =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  const env: Record<string, { value: string; secret: boolean }> = {};
  for (const { configMapRef } of container.envFrom ?? []) {
    for (const [name, value] of Object.entries(find('ConfigMap', configMapRef.name)?.data ?? {})) {
      env[name] = { value, secret: false };
    }
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const from = valueFrom?.secretKeyRef;
    if (from === undefined) {
      // As the kubelet does it: what stands before can be named.
      const filled = value?.replaceAll(/\$\((\w+)\)/g, (whole, other: string) => env[other]?.value ?? whole);
      env[name] = { value: filled ?? 'the-name-of-the-pod', secret: false };
    } else {
      const given = find('Secret', from.name)?.stringData?.[from.key];
      // What is in a ConfigMap as well is in the open.
      env[name] = { value: given ?? 'x'.repeat(48), secret: env[name] === undefined };
    }
  }
  return env;
}
