import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { customSchemas, kubernetesSchemas, type CustomResourceDefinition, type Swagger } from './schemas.ts';

// main.ts FOLDER kubernetes VERSION swagger.json: writes a schema for each kind that Kubernetes has, into FOLDER/vVERSION.
// main.ts FOLDER custom swagger.json FILE.yaml...: a schema for each kind that the definitions in the files make, into FOLDER/custom.
const [, , folder = '', what, ...args] = process.argv;

async function write(into: string, files: readonly (readonly [string, object])[]): Promise<void> {
  for (const [path, schema] of files) {
    await mkdir(dirname(join(folder, into, path)), { recursive: true });
    await writeFile(join(folder, into, path), JSON.stringify(schema));
  }
}

const swaggerOf = async (file: string): Promise<Swagger> => JSON.parse(await readFile(file, 'utf8')) as Swagger;

if (what === 'kubernetes') {
  const [version = '', file = ''] = args;
  await write(`v${version}`, kubernetesSchemas(await swaggerOf(file)));
} else if (what === 'custom') {
  const [swaggerFile = '', ...files] = args;
  const swagger = await swaggerOf(swaggerFile);
  for (const file of files) {
    const objects = parseAllDocuments(await readFile(file, 'utf8')).map(
      (one) => one.toJS() as CustomResourceDefinition | null,
    );
    const definitions = objects.filter((one) => one?.kind === 'CustomResourceDefinition');
    if (definitions.length === 0) throw new Error(`${file} defines nothing.`);
    await write(
      'custom',
      definitions.flatMap((one) => (one === null ? [] : customSchemas(one, swagger))),
    );
  }
} else {
  throw new Error(`There is no ${what ?? 'nothing'}; there are kubernetes and custom.`);
}
