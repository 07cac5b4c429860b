import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { withExclusiveLock } from './exclusive-lock.ts';
import { InstallError } from './install-error.ts';
import { machineAt } from './machine.ts';
import { tell, withProgress } from './progress.ts';
import { codeOf } from './stamps.ts';
import { stepsFor } from './steps-for.ts';

/**
 * Brings in what the command given needs and does nothing when all of it is there. Plain Node, as no package is installed yet.
 */
async function install(args: readonly string[]): Promise<void> {
  const machine = machineAt(resolve(import.meta.dirname, '../..'), process.env, stopped());
  const steps = stepsFor(args);
  const finished = await Promise.all(steps.map((step) => step.done(machine)));
  if (finished.every(Boolean)) return;
  await mkdir(machine.tools, { recursive: true });
  await withExclusiveLock(join(machine.tools, 'install.lock'), machine.signal, waiting, async () => {
    for (const step of steps) {
      if (!(await step.done(machine))) await withProgress(step.title, () => step.run(machine));
    }
  });
}

const waiting = (): void => tell('Another ./transcode is installing here; waiting for it.');

/** On Ctrl-C the running program is ended, and what has to be put back is put back before this process goes. */
function stopped(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Make room and start again; what is installed so far is kept.',
  EROFS: 'The project lies on a read-only disk. Clone it to a folder that can be written.',
  EACCES: 'The project lies in a folder that you may not write to. Clone it to one of your own.',
};

function tellFailure(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof Error && error.name === 'AbortError')
    return tell('transcode: Stopped. What is installed so far is kept.');
  if (error instanceof InstallError) {
    if (error.tail !== '') tell(error.tail);
    tell(`transcode: ${error.message}`);
    return;
  }
  const sentence = FAILURES[codeOf(error) ?? ''];
  if (sentence === undefined) throw error;
  tell(`transcode: ${sentence}`);
}

try {
  await install(process.argv.slice(2));
} catch (error) {
  tellFailure(error);
}
