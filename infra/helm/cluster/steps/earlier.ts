import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CHART } from '../../src/chart.ts';
import { kubectl, list, NAMESPACE, query, tryHelm, untilReady, type Named } from './cluster.ts';
import { again, INSTALL_LINE, settings } from './install-line.ts';
import { endNamespace, makeNamespace } from './namespace.ts';
import { clip, people } from './people.ts';
import { say } from './say.ts';

/** ../fixtures says what it is, and ../images/build has made its images. */
const EARLIER = join(import.meta.dirname, '../fixtures/transcode-0.0.9.tgz');
const EARLIER_TAG = 'v0.0.9';
const TAG = `v${(parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')) as { appVersion: string }).appVersion}`;
const OURS = ['api', 'console', 'worker-cpu'];

interface Deployment extends Named {
  readonly spec: {
    readonly template: {
      readonly spec: Readonly<Record<'containers' | 'initContainers', readonly { name: string; image: string }[]>>;
    };
  };
}

/** The image of each container of ours, as `api/migrate`. */
async function images(): Promise<Record<string, string>> {
  const found = (await list<Deployment>('deployments')).filter(({ metadata }) => OURS.includes(metadata.name));
  return Object.fromEntries(
    found.flatMap(({ metadata, spec: { template } }) =>
      [...(template.spec.initContainers ?? []), ...template.spec.containers].map(({ name, image }) => [
        `${metadata.name}/${name}`,
        image,
      ]),
    ),
  );
}

const areEarlier = (all: Readonly<Record<string, string>>): boolean[] =>
  Object.values(all).map((image) => image.endsWith(`:${EARLIER_TAG}`));

const migrations = async (): Promise<string[]> =>
  (await query('SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL ORDER BY 1')).split('\n');

/** Begins a video, does something, and plays the video: it has to be on its way when that begins. */
async function withVideo(name: string, work: () => Promise<unknown>): Promise<void> {
  const { id } = await people.upload(name, await clip(40));
  const { state } = await people.look(id);
  expect(state).not.toBe('ready');
  await work();
  const { url, seconds } = await people.ready(id);
  const { parts } = await people.play(url);
  say(`${name} was ${state} when it began, and is ready ${seconds} s after it: ${parts} parts.`);
}

async function helm(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await tryHelm([...args, '--wait', '--timeout', '10m']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

const rolledOut = async (): Promise<void> => {
  for (const name of OURS)
    await kubectl('rollout', 'status', `deployment/${name}`, '--namespace', NAMESPACE, '--timeout=600s');
};

/** In a namespace of nothing, with a database that the earlier release makes. */
export function earlier(): void {
  test('an earlier chart is installed, with images of its own time', async () => {
    await endNamespace();
    people.forget();
    await makeNamespace();
    const [verb, name, , ...line] = INSTALL_LINE;
    await helm(verb ?? '', name ?? '', EARLIER, ...line, ...settings());
    await untilReady(300);
    expect(new Set(areEarlier(await images()))).toEqual(new Set([true]));
  });

  test('helm upgrades it to this one and rolls it back, each time with a video under way', async () => {
    const before = await migrations();
    await withVideo('upgraded.mp4', () => helm(...again('upgrade')));
    expect(new Set(areEarlier(await images()))).toEqual(new Set([false]));
    const after = await migrations();
    expect(after).toEqual(expect.arrayContaining(before));
    say(`The upgrade applied ${after.length - before.length} migrations.`);
    await withVideo('rolled-back.mp4', () => helm('rollback', 'transcode'));
    expect(new Set(areEarlier(await images()))).toEqual(new Set([true]));
    // Earlier code on what this code has made of the schema.
    expect(await migrations()).toEqual(after);
    await untilReady(300);
  });

  test('kubectl set image and rollout undo do the same', async () => {
    const there = await images();
    const current = Object.fromEntries(
      Object.entries(there).map(([name, image]) => [name, image.replace(EARLIER_TAG, TAG)]),
    );
    await withVideo('set-image.mp4', async () => {
      for (const name of OURS) {
        const own = Object.entries(current).filter(([container]) => container.startsWith(`${name}/`));
        const sets = own.map(([container, image]) => `${container.split('/')[1]}=${image}`);
        await kubectl('set', 'image', `deployment/${name}`, ...sets, '--namespace', NAMESPACE);
      }
      await rolledOut();
    });
    expect(await images()).toEqual(current);
    await withVideo('undone.mp4', async () => {
      for (const name of OURS) await kubectl('rollout', 'undo', `deployment/${name}`, '--namespace', NAMESPACE);
      await rolledOut();
    });
    expect(await images()).toEqual(there);
  });

  test('Helm takes over again what kubectl has changed', async () => {
    const { code, stderr } = await tryHelm(again('upgrade'));
    say(`helm upgrade after kubectl set image and rollout undo: ${code}, ${stderr.trim()}`);
    if (code !== 0) await helm(...again('upgrade'), '--force-conflicts');
    await untilReady(300);
    expect(new Set(areEarlier(await images()))).toEqual(new Set([false]));
  });
}
