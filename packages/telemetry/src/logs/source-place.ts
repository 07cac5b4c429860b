import { fileURLToPath } from 'node:url';
import { getCallSites } from 'node:util';

/** Everything between whoever logs and here is in these. */
const OURSELVES = /\/packages\/telemetry\/src\/|\/node_modules\//;
const DEEPEST = 8;

/** Where in our source the line was written: `http/access-log.ts:31`, and with its package where that is not the process's own. */
export function sourcePlace(): string {
  const site = getCallSites(DEEPEST).find(({ scriptName }) => scriptName.includes('/') && !OURSELVES.test(scriptName));
  if (site === undefined) return 'unknown';
  const { scriptName, lineNumber } = site;
  return `${shortName(scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName)}:${lineNumber}`;
}

function shortName(file: string): string {
  const [, name = file] = /\/(?:apps\/[^/]+|packages)\/(?:src\/)?(.+)$/.exec(file) ?? [];
  return name.replace(/^([^/]+)\/src\//, '$1/');
}
