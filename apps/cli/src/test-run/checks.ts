import { join } from 'node:path';

/** One step of `./transcode test`. */
export interface Check {
  title: string;
  command: string;
  args: readonly string[];
  /** Where vitest writes its report; the tests in it are counted instead of the step. */
  report?: string;
}

/** Every check, the quick ones first so that a slip is seen at once. */
export function checks(root: string, reports: string): Check[] {
  const tests = (title: string, name: string, args: readonly string[]): Check => {
    const report = join(reports, `${name}.json`);
    return {
      title,
      command: 'pnpm',
      args: [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      report,
    };
  };
  return [
    script('Format', 'format:check'),
    script('Lint', 'lint'),
    script('Types', 'typecheck'),
    script('Unused code', 'unused'),
    script('Boundaries', 'boundaries'),
    { title: 'Console build', command: process.execPath, args: [join(root, 'tools/install/main.ts'), 'build-console'] },
    tests('Unit and integration tests', 'tests', ['exec', 'vitest', 'run']),
    tests('Browser and whole journeys', 'e2e', ['--filter', '@transcode/e2e', 'exec', 'vitest', 'run']),
  ];
}

function script(title: string, name: string): Check {
  return { title, command: 'pnpm', args: ['--silent', 'run', name] };
}
