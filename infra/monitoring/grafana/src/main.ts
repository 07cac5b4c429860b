import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { written } from './written.ts';

const folder = join(import.meta.dirname, '../dashboards');
const files = written();

for (const old of await readdir(folder)) if (!files.has(old)) await rm(join(folder, old));
for (const [name, text] of files) await writeFile(join(folder, name), text);
