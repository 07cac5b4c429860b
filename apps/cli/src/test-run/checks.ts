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

// The number is said here, as a package that says nothing would be given one less than the cores.
const UNITS = ['exec', 'vitest', 'run', '--maxWorkers=2'];
const READERS = ['--filter', '@transcode/monitoring', 'exec', 'vitest', 'run', '--config', 'vitest.deep.config.ts'];
const DOCUMENT = ['--filter', '@transcode/api', 'exec', 'vitest', 'run', '--config', 'vitest.deep.config.ts'];
const CLUSTER = ['--filter', '@transcode/helm', 'exec', 'vitest', 'run', '--config', 'vitest.cluster.config.ts'];
const JOURNEYS = ['--filter', '@transcode/e2e', 'exec', 'vitest', 'run', '--project'];
const LONG = ['--filter', '@transcode/e2e', 'exec', 'vitest', 'run', '--config', 'vitest.deep.config.ts'];

/** Every check, the quick ones first so that a slip is seen at once. */
export function checks(root: string, reports: string, { deep, seed }: Extent): Step[] {
  // Without a seed nothing is left out; what is endless needs one all the same.
  const drawn = { TRANSCODE_TEST_SEED: String(seed) };
  const shared = { env: deep ? { TRANSCODE_TEST_SEED: '' } : drawn };
  const tests = (title: string, name: string, args: readonly string[]): Check => testsOf(reports, title, name, args);
  const units: Check = { ...tests('Unit and integration tests', 'tests', UNITS), ...shared };
  const journey = (title: string, project: string): Check => ({
    ...tests(title, project, [...JOURNEYS, project]),
    ...shared,
  });
  const journeys: Step = [
    journey('Journeys on which something breaks', 'faults'),
    journey('Journeys on one installation', 'on-one'),
    journey('Journeys that bring their own', 'on-own'),
    journey('The console in Chromium', 'console'),
  ];
  return [
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
    // Journeys with a share of the corpora wait more than they compute, and units have what they leave of the cores.
    ...(deep ? [[units], journeys] : [[units, ...journeys]]),
    ...(deep ? [[{ ...tests('The API by its own document', 'document', DOCUMENT), env: drawn }]] : []),
    ...(deep ? [[tests('Dashboards, traces and logs by the programs that read them', 'readers', READERS)]] : []),
    ...(deep ? [[tests('What lasts: a flood, alerts, panels, a video’s trace in Jaeger', 'long', LONG)]] : []),
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
