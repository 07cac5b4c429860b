import { access } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, twice } from './run-command.ts';
import { hashOf, hasStamp, writeStamp } from './stamps.ts';
import type { Machine } from './machine.ts';
import type { Step } from './step.ts';

/** What our packages depend on, exactly as the lockfile says. */
export const nodePackages: Step = {
  title: 'Installing packages',
  done: async (machine) => (await installed(machine)) && hasStamp(stamp(machine), await inputs(machine)),
  run: async (machine) => {
    const install = (): Promise<string> =>
      runCommand(join(machine.tools, 'node_modules/.bin/pnpm'), ['install', '--frozen-lockfile', '--prefer-offline'], {
        cwd: machine.root,
        machine,
        failure: 'pnpm could not install the packages that Transcode depends on.',
      });
    await twice(install);
    await writeStamp(stamp(machine), await inputs(machine));
  },
};

const stamp = (machine: Machine): string => join(machine.tools, 'stamps/node-packages');

const installed = async (machine: Machine): Promise<boolean> =>
  access(join(machine.root, 'node_modules/.modules.yaml')).then(
    () => true,
    () => false,
  );

async function inputs(machine: Machine): Promise<string> {
  const manifests = globSync(['package.json', '{apps,packages,infra}/*/package.json', '{bench,e2e}/package.json'], {
    cwd: machine.root,
  });
  const hash = await hashOf(machine.root, ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests.toSorted()]);
  return `${process.version} ${hash}`;
}
