import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { hashOf, hasStamp, writeStamp } from './stamps.ts';
import type { Machine } from './machine.ts';
import type { Step } from './step.ts';

/** The typed database client, generated from the Prisma schema. */
export const databaseClient: Step = {
  title: 'Generating the database client',
  done: async (machine) => (await generated(machine)) && hasStamp(stamp(machine), await inputs(machine)),
  run: async (machine) => {
    await runCommand(join(machine.tools, 'node_modules/.bin/pnpm'), ['--filter', '@transcode/db', 'run', 'build'], {
      cwd: machine.root,
      machine,
      failure: 'The database client could not be generated.',
    });
    await writeStamp(stamp(machine), await inputs(machine));
  },
};

const stamp = (machine: Machine): string => join(machine.tools, 'stamps/database-client');

const generated = async (machine: Machine): Promise<boolean> =>
  access(join(machine.root, 'packages/db/src/generated')).then(
    () => true,
    () => false,
  );

const inputs = async (machine: Machine): Promise<string> =>
  hashOf(machine.root, [
    'packages/db/prisma',
    'packages/db/prisma.config.ts',
    'packages/db/package.json',
    'pnpm-lock.yaml',
  ]);
