import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Which workspace packages a package may depend on; tests may also use `testing` and `servers`. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  planner: ['contracts'],
  telemetry: ['contracts'],
  db: ['contracts', 'telemetry'],
  queue: ['contracts', 'telemetry'],
  storage: ['contracts', 'telemetry'],
  ui: ['contracts'],
  servers: [],
  backup: ['contracts', 'db', 'storage', 'servers'],
  testing: ['contracts', 'db', 'servers'],
  api: ['contracts', 'planner', 'db', 'queue', 'storage', 'telemetry', 'monitoring', 'backup'],
  worker: ['contracts', 'planner', 'db', 'queue', 'storage', 'telemetry'],
  console: ['contracts', 'planner', 'telemetry', 'ui', 'api'],
  monitoring: ['contracts'],
  docker: ['contracts'],
  helm: ['contracts', 'monitoring'],
  cli: ['contracts', 'servers', 'db', 'storage', 'backup', 'api', 'monitoring'],
  bench: ['contracts', 'planner', 'db', 'queue', 'storage', 'servers', 'testing', 'api'],
  e2e: ['contracts', 'db', 'testing', 'bench'],
};
const FOR_TESTS = new Set(['testing', 'servers']);
/** Of an app, only these entries may be imported elsewhere. */
const APP_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  console: ['@transcode/api/router'],
  cli: ['@transcode/api/local'],
  bench: ['@transcode/api/local'],
};
/** Packages that one package alone may import. */
const SOLE_IMPORTER: Readonly<Record<string, string>> = {
  bullmq: 'queue',
  '@aws-sdk/client-s3': 'storage',
  '@prisma/client': 'db',
};

const root = path.resolve(import.meta.dirname, '..');
const complaints: string[] = [];

for (const manifest of await Array.fromAsync(
  glob(['{apps,packages,infra}/*/package.json', '{bench,e2e}/package.json'], { cwd: root }),
)) {
  const folder = path.dirname(manifest);
  const name = path.basename(folder);
  const allowed = ALLOWED[name];
  if (allowed === undefined) {
    complaints.push(`${folder} is not in the list of packages in tools/check-boundaries.ts`);
    continue;
  }
  const files = await Array.fromAsync(
    glob(`${folder}/**/*.{ts,tsx}`, {
      cwd: root,
      exclude: (file) => /node_modules|\.next|generated/.test(file),
    }),
  );
  for (const file of files) complaints.push(...(await checkFile(name, allowed, file)));
}

async function checkFile(name: string, allowed: readonly string[], file: string): Promise<string[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  const isTest = /(^|\/)test\//.test(file) || file.endsWith('.config.ts');
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'/gm)].flatMap(([, target = '']) => {
    const sole = Object.entries(SOLE_IMPORTER).find(([module]) => target === module || target.startsWith(`${module}/`));
    if (sole !== undefined && sole[1] !== name)
      return [`${file} imports ${target}, which only packages/${sole[1]} may`];
    const dependency = /^@transcode\/([a-z0-9]+)/.exec(target)?.[1];
    if (dependency === undefined || dependency === name) return [];
    if (isTest && FOR_TESTS.has(dependency)) return [];
    if (!allowed.includes(dependency)) return [`${file} imports ${target}: ${name} may not depend on ${dependency}`];
    const entries = APP_ENTRIES[name];
    if (dependency === 'api' && entries?.includes(target) !== true)
      return [`${file} imports ${target}, not ${entries?.join()}`];
    return [];
  });
}

for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
