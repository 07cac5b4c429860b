import { join } from 'node:path';

/** One step of `./transcode test`. */
export interface Check {
  title: string;
  command: string;
  args: readonly string[];
  /** Where vitest writes its report; the tests in it are counted instead of the step. */
  report?: string;
  /** What it writes is shown as well where it passes. */
  tells?: boolean;
  /** Variables of its own. */
  env?: Readonly<Record<string, string>>;
}

/** Checks that run side by side. */
export type Step = readonly Check[];

/** How much is tried: all of the large corpora, or the share that a seed draws. */
export interface Extent {
  readonly deep: boolean;
  readonly seed: number;
}

/** Said here, as a package that says nothing would be given one less than the cores. Much of it waits, so there may be two more. */
const UNITS = ['exec', 'vitest', 'run', '--maxWorkers=4'];
const SLOW = [...UNITS, '--config', 'vitest.deep.config.ts'];
const READERS = ['--filter', '@transcode/monitoring', 'exec', 'vitest', 'run', '--config', 'vitest.deep.config.ts'];
const DOCUMENT = ['--filter', '@transcode/api', 'exec', 'vitest', 'run', '--config', 'vitest.schemathesis.config.ts'];
const CLUSTER = ['--filter', '@transcode/helm', 'exec', 'vitest', 'run', '--config', 'vitest.cluster.config.ts'];
const JOURNEYS = ['--filter', '@transcode/e2e', 'exec', 'vitest', 'run'];
const LONG = ['--filter', '@transcode/e2e', 'exec', 'vitest', 'run', '--config', 'vitest.deep.config.ts'];

const CONSOLE = 'test/console.test.ts';
const FAULTS = 'test/faults/';

/** Every check, the quick ones first so that a slip is seen at once. */
export function checks(root: string, reports: string, { deep, seed }: Extent): Step[] {
  // Without a seed nothing is left out; what is endless needs one all the same.
  const drawn = { TRANSCODE_TEST_SEED: String(seed) };
  const shared = { env: deep ? { TRANSCODE_TEST_SEED: '' } : drawn };
  const tests = (title: string, name: string, args: readonly string[]): Check => testsOf(reports, title, name, args);
  const steps: Step[] = [
    [
      script('Format', 'format:check'),
      script('Lint', 'lint'),
      script('Types', 'typecheck'),
      script('Unused code', 'unused'),
      script('Boundaries', 'boundaries'),
      {
        title: 'Console build',
        command: process.execPath,
        args: [join(root, 'tools/install/main.ts'), 'build-console'],
      },
    ],
    [{ ...tests('Unit and integration tests', 'tests', UNITS), ...shared }],
    // Each has an installation of its own; they wait more than they compute.
    [
      { ...tests('The console in Chromium', 'console', [...JOURNEYS, CONSOLE]), ...shared },
      { ...tests('Whole journeys', 'e2e', [...JOURNEYS, '--exclude', CONSOLE, '--exclude', `${FAULTS}**`]), ...shared },
      { ...tests('Journeys on which something breaks', 'faults', [...JOURNEYS, FAULTS]), ...shared },
    ],
  ];
  if (!deep) return steps;
  return [
    ...steps,
    [{ ...tests('What takes longer than CI may', 'deep', SLOW), ...shared }],
    [{ ...tests('The API by its own document', 'document', DOCUMENT), env: drawn }],
    [tests('Dashboards, traces and logs by the programs that read them', 'readers', READERS)],
    [tests('What lasts: a flood, a loss, alerts, panels, a video’s trace in Jaeger', 'long', LONG)],
  ];
}

/** The chart on a cluster that is made for it: by itself, as it takes an hour and a machine on which one is root. */
export const clusterChecks = (reports: string): Step[] => [
  [{ ...testsOf(reports, 'The chart on a Kubernetes of five nodes', 'cluster', CLUSTER), tells: true }],
];

function testsOf(reports: string, title: string, name: string, args: readonly string[]): Check {
  const report = join(reports, `${name}.json`);
  return {
    title,
    command: 'pnpm',
    args: [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    report,
  };
}

function script(title: string, name: string): Check {
  return { title, command: 'pnpm', args: ['--silent', 'run', name] };
}
