import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InstallError } from './install-error.ts';
import { isExecutable, onPath, type Machine } from './machine.ts';
import { runCommand, twice } from './run-command.ts';
import { hasStamp, writeStamp } from './stamps.ts';
import type { Step } from './step.ts';

const SCHEMATHESIS = 'schemathesis==4.32.5';
/** What it stands on, as it was tried; which of them it needs depends on the Python that is there. */
const TRIED_WITH = [
  ...['anyio==4.16.0', 'certifi==2026.10.19.post1', 'charset-normalizer==3.5.3', 'click==8.5.1', 'graphql-core==3.3.2'],
  ...['harfile==0.6.0', 'hypothesis==6.170.17', 'hypothesis-graphql==0.13.5', 'idna==3.20', 'iniconfig==2.3.1'],
  ...['jsonschema_rs==0.60.3', 'markdown-it-py==4.3.0', 'markupsafe==3.0.4', 'mdurl==0.1.2', 'packaging==26.4'],
  ...['pluggy==1.7.0', 'pygments==2.21.0', 'pyrate-limiter==4.5.1', 'pytest==9.2.0', 'pyyaml==6.0.4'],
  ...['requests==2.34.2', 'rich==15.0.0', 'sortedcontainers==2.4.0', 'typing_extensions==4.16.0', 'urllib3==2.8.0'],
  'werkzeug==3.1.9',
];

const folderOf = ({ tools }: Machine): string => join(tools, 'schemathesis');
const stampOf = ({ tools }: Machine): string => join(tools, 'stamps', 'schemathesis');
const VALUE = [SCHEMATHESIS, ...TRIED_WITH].join(' ');

/** Asks the API everything that its document describes, and much that it does not. For deep runs of the tests. */
export const schemathesis: Step = {
  title: 'Fetching schemathesis for the deep tests',
  done: async (machine) =>
    (await isExecutable(join(folderOf(machine), 'bin/schemathesis'))) && hasStamp(stampOf(machine), VALUE),
  run: async (machine) => {
    const python = await onPath('python3', machine.env);
    if (python === undefined)
      throw new InstallError(`Python 3.10 or newer is needed for ${SCHEMATHESIS}. Install python3 and python3-pip.`);
    const draft = await mkdtemp(join(machine.tools, 'schemathesis-'));
    try {
      const constraints = join(draft, 'constraints.txt');
      await writeFile(constraints, TRIED_WITH.join('\n'));
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-cache-dir'];
      const what = ['--only-binary=:all:', '--constraint', constraints, '--target', join(draft, 'site'), SCHEMATHESIS];
      await twice(() =>
        runCommand(python, [...pip, ...what], { machine, failure: `pip could not install ${SCHEMATHESIS}.` }),
      );
      await rm(folderOf(machine), { recursive: true, force: true });
      await rename(join(draft, 'site'), folderOf(machine));
      await writeStamp(stampOf(machine), VALUE);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  },
};
