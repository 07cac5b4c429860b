import { resolve } from 'node:path';
import { assemble } from './assemble.ts';
import { listContents } from './list-contents.ts';
import { isAssembled, isImage } from './what-runs.ts';

const root = resolve(import.meta.dirname, '../../..');
const [command, image = '', ...paths] = process.argv.slice(2);

// `assemble IMAGE OUT` and `list IMAGE DPKG_STATUS OUT PROGRAMS...`, as the Dockerfile calls them.
if (command === 'assemble' && isAssembled(image) && paths[0] !== undefined) assemble(root, image, resolve(paths[0]));
else if (command === 'list' && isImage(image) && paths[0] !== undefined && paths[1] !== undefined)
  listContents(root, image, { dpkgStatus: paths[0], programs: paths.slice(2), out: resolve(paths[1]) });
else throw new Error(`The Dockerfile asks for what there is not: ${process.argv.slice(2).join(' ')}`);
