import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingNames, SETTINGS, type Setting } from '@transcode/contracts/settings';
import { describe, expect, test } from 'vitest';
import { WORKSPACES, type Image } from '../src/what-runs.ts';
import { environmentOf, readDockerfile, ROOT, valuesOf, wholeOf } from './dockerfile.ts';

const { args, stages } = readDockerfile();
const IMAGES = Object.keys(WORKSPACES) as Image[];
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const manifest = (folder: string) => JSON.parse(read(join(folder, 'package.json'))) as Manifest;
const settings: Readonly<Record<string, Setting>> = SETTINGS;

/** Arguments that name a server's image, and where the chart names it. */
const SERVERS: Readonly<Record<string, string>> = { POSTGRES_IMAGE: 'postgres', REDIS_IMAGE: 'redis' };

interface Manifest {
  version: string;
  engines: { node: string };
  devEngines: { packageManager: { version: string } };
}

describe('what is built on', () => {
  test('every base is pinned: an argument that names a whole version, a stage, or nothing', () => {
    const known = new Set(['scratch', ...stages.map(({ name }) => name)]);
    expect(stages.length).toBeGreaterThan(4);
    const outside = stages.map(({ from }) => from).filter((from) => !known.has(from));
    expect(outside.length).toBeGreaterThan(0);
    for (const from of outside) {
      const argument = /^\$\{(\w+)\}$/.exec(from)?.[1] ?? '';
      // Those of servers are the chart's.
      if (argument in SERVERS) continue;
      expect(args.get(argument)).toMatch(/:\d+\.\d+\.\d+-bookworm-slim(@sha256:[0-9a-f]{64})?$/);
    }
  });

  test.for(Object.entries(SERVERS))('the programs of %s are of the server that the chart runs', ([argument, part]) => {
    const values = read('infra/helm/transcode/values.yaml');
    const image = new RegExp(`^${part}:$[^]*?image: \\{ registry: (\\S+), repository: (\\S+), tag: (\\S+), `, 'm').exec(
      values,
    );
    expect(args.get(argument)).toBe(`${image?.[1]}/${image?.[2]}:${image?.[3]}`);
  });

  test('Node and pnpm are those that the project asks for', () => {
    const { engines, devEngines } = manifest('.');
    const major = /\d+/.exec(engines.node)?.[0];
    expect(args.get('NODE_IMAGE')).toMatch(new RegExp(`/node:${major}\\.`));
    const pnpm = stages.flatMap(({ instructions }) => valuesOf(instructions, 'ARG')).find((arg) => /PNPM/.test(arg));
    expect(pnpm).toMatch(/^PNPM_VERSION=\d+\.\d+\.\d+$/);
    expect(pnpm?.split(/[=.]/)[1]).toBe(/\d+/.exec(devEngines.packageManager.version)?.[0]);
  });

  test('nothing is for one kind of machine', () => {
    for (const file of ['Dockerfile', 'build']) {
      expect(read(`infra/docker/${file}`)).not.toMatch(/amd64|x86|x64|arm64|aarch64/i);
    }
  });
});

describe.for(IMAGES)('the image %s', (image) => {
  const whole = wholeOf(stages, image);
  const environment = environmentOf(whole);

  test('runs as a user that is a number and not root', () => {
    const users = valuesOf(whole, 'USER');
    expect(users.length).toBeGreaterThan(0);
    for (const user of users) expect(user).toMatch(/^[1-9]\d{3,}:[1-9]\d{3,}$/);
  });

  test('changes nothing once it is nobody’s: what runs as another user comes before', () => {
    expect(valuesOf(whole, 'RUN')).toEqual([]);
    expect(valuesOf(whole, 'VOLUME')).toEqual([]);
    expect(valuesOf(whole, 'COPY').filter((copied) => /--ch(own|mod)/.test(copied))).toEqual([]);
  });

  test('has a process 1 that passes signals on, and a command without a shell', () => {
    expect(valuesOf(whole, 'ENTRYPOINT')).toEqual(['["/usr/bin/tini", "--"]']);
    const [command = ''] = valuesOf(whole, 'CMD');
    const [program, script = ''] = JSON.parse(command) as string[];
    expect(program).toMatch(/^(node|transcode)$/);
    // The tools are called by their name; the console's script is ours, beside what Next.js has built.
    const scripts = {
      api: `apps/api/${script}`,
      worker: `apps/worker/${script}`,
      console: `infra/docker/src/console/${script}`,
    };
    expect(existsSync(join(ROOT, { ...scripts, tools: 'apps/cli/src/inside/main.ts' }[image]))).toBe(true);
    expect(`/app/${WORKSPACES[image]}`).toContain(valuesOf(whole, 'WORKDIR').at(-1));
  });

  test('holds no secret', () => {
    const told = [...valuesOf(whole, 'ENV'), ...valuesOf(whole, 'ARG'), ...valuesOf(whole, 'LABEL')].join('\n');
    expect(told).not.toMatch(/secret|password|token|credential|_key\b/i);
    expect(Object.keys(environment).filter((name) => settings[name]?.secret === true)).toEqual([]);
  });

  test('sets what its process reads, and listens for other pods', () => {
    const names = settingNames(image).filter((name) => name in environment);
    expect(names.filter((name) => !SETTINGS[name].schema.safeParse(environment[name]).success)).toEqual([]);
    const listens = settingNames(image).filter((name) => /^(HOST|PORT|METRICS_PORT)$/.test(name));
    expect(listens.filter((name) => !names.includes(name))).toEqual([]);
    expect(environment['HOST']).toBe(image === 'tools' ? undefined : '0.0.0.0');
    const ports = Object.entries(environment).flatMap(([name, value]) => (name.endsWith('PORT') ? [value] : []));
    expect(valuesOf(whole, 'EXPOSE').join(' ')).toBe(ports.join(' '));
  });

  test('tells its version and its commit, which only the build knows', () => {
    const labels = valuesOf(whole, 'LABEL').join(' ');
    for (const label of ['title', 'description', 'licenses', 'version', 'revision']) {
      expect(labels).toContain(`org.opencontainers.image.${label}=`);
    }
    expect(labels).toContain('version="${VERSION}"');
    expect(valuesOf(whole, 'ARG')).toEqual(expect.arrayContaining(['VERSION', 'REVISION']));
  });
});

test('there is one version: of the workspaces, of the changelog, and so of the images', () => {
  const { version } = manifest('.');
  const folders = globSync(['{apps,packages,infra}/*/package.json', '{bench,e2e}/package.json'], { cwd: ROOT });
  expect(folders.length).toBeGreaterThan(10);
  for (const file of folders) expect([file, manifest(join(file, '..')).version]).toEqual([file, version]);
  expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  for (const file of ['Dockerfile', 'build']) expect(read(`infra/docker/${file}`)).not.toContain(version);
});
