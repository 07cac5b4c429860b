import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE } from './house.ts';

/** With which programs the page's commands begin, beside scripts of the repository. */
const PROGRAM = /^(?:[A-Z]+=\S+ )*(?:kubectl|helm|k6|grype|trivy|node|\.\/transcode) /;
/** A program and what it is asked for, and no more: so the page calls a command, and nobody is to type it. */
const NAME = /^(?:kubectl|helm|trivy) [\w-]+$/;

/**
 * The commands of docs/kubernetes-operations.md, as they stand there: each line of a block for the shell without what is said of it, and whatever is
 * set as code and begins with a program or a script of ours.
 */
export function commandsIn(page: string): string[] {
  const commands: string[] = [];
  let block: string | undefined;
  for (const line of page.split('\n')) {
    const fence = /^```(\w*)/.exec(line);
    if (fence !== null) block = block === undefined ? (fence[1] ?? '') : undefined;
    else if (block === 'sh') commands.push(line.replace(/\s+#.*$/, '').trim());
    else if (block === undefined)
      commands.push(
        ...[...line.matchAll(/`([^`]+)`/g)]
          .map(([, code = '']) => code.replaceAll(String.raw`\|`, '|'))
          .filter((code) => (PROGRAM.test(code) || isScript(code)) && !NAME.test(code)),
      );
  }
  return [...new Set(commands.filter((command) => command !== ''))];
}

/** Whether it begins with a file of the repository that can be run. */
function isScript(code: string): boolean {
  const [file = ''] = code.split(' ');
  if (!file.startsWith('infra/')) return false;
  try {
    accessSync(join(HOUSE, file), constants.X_OK);
    return statSync(join(HOUSE, file)).isFile();
  } catch {
    return false;
  }
}

export const PAGE = join(HOUSE, 'docs/kubernetes-operations.md');
export const pageCommands = (): string[] => commandsIn(readFileSync(PAGE, 'utf8'));
