import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import unpack from '../../test/helm/unpack.ts';
import { PLAIN, plainManifests } from './plain-manifests.ts';

await unpack();
for (const [path, text] of await plainManifests()) {
  await mkdir(dirname(join(PLAIN, path)), { recursive: true });
  await writeFile(join(PLAIN, path), text);
}
