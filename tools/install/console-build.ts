import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { hashOf, hasStamp, readIfThere, writeStamp } from './stamps.ts';
import type { Machine } from './machine.ts';
import type { Step } from './step.ts';

/** The console's pages, built by Next.js only when something that goes into them has changed. */
export const consoleBuild: Step = {
  title: 'Building the console',
  done: async (machine) => {
    const build = await buildId(machine);
    return build !== undefined && hasStamp(stamp(machine), `${build} ${await inputs(machine)}`);
  },
  run: async (machine) => {
    const before = await inputs(machine);
    await runCommand(
      join(machine.tools, 'node_modules/.bin/pnpm'),
      ['--filter', '@transcode/console', 'run', 'build'],
      {
        cwd: machine.root,
        machine,
        failure: 'The console could not be built.',
      },
    );
    await writeStamp(stamp(machine), `${(await buildId(machine)) ?? ''} ${before}`);
  },
};

const stamp = (machine: Machine): string => join(machine.tools, 'stamps/console-build');

const buildId = async (machine: Machine): Promise<string | undefined> =>
  readIfThere(join(machine.root, 'apps/console/.next/BUILD_ID'));

const inputs = async (machine: Machine): Promise<string> =>
  hashOf(machine.root, ['apps/console', 'packages/ui', 'packages/contracts', 'packages/planner', 'pnpm-lock.yaml']);
