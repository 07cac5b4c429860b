import { copyFile, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { HELM_4, KUBECTL } from '../test/helm/helms.ts';
import { KEPT } from './steps/house.ts';
import { runScript } from './steps/run-script.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What runs a command where the cluster is reachable; empty before it is made. */
    cluster: {
      readonly inside: readonly string[];
      readonly nodes: number;
      /** More values of the chart. */
      readonly sets: readonly string[];
    };
  }
}

/** Makes the cluster that the tests run on, unless one was named, and ends it after them. */
export default async function start(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { inside, nodes, sets } = project.config.provide?.cluster ?? { inside: [], nodes: 5, sets: [] };
  if (inside.length > 0) return undefined;
  const programs = join(KEPT, 'bin');
  const images = join(KEPT, 'images');
  await mkdir(programs, { recursive: true });
  await runScript('machine/build', programs);
  for (const { program } of [HELM_4, KUBECTL]) await copyFile(program, join(programs, program.split('/').at(-1) ?? ''));
  await runScript('images/build', programs, images);
  const state = await mkdtemp(join(tmpdir(), 'transcode-k8s-'));
  const end = (): Promise<void> => runScript('machine/down', state);
  try {
    await runScript('machine/up', programs, state, String(nodes));
    const archives = (await readdir(images)).filter((name) => name.endsWith('.tar'));
    await runScript('machine/load', state, ...archives.map((name) => join(images, name)));
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('cluster', { inside: [join(state, 'in')], nodes, sets });
  return end;
}
