import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHART } from './chart.ts';
import { contractYaml } from './contract.ts';
import { monitoringFiles } from './monitoring-files.ts';
import { readme } from './readme.ts';
import { schemaJson } from './schema/schema-json.ts';

/** Every file of the chart that a program writes, by its path there. */
export async function written(): Promise<[string, string][]> {
  return [
    ['files/contract.yaml', contractYaml()],
    ['values.schema.json', schemaJson()],
    ['README.md', readme(await readFile(join(CHART, 'values.yaml'), 'utf8'))],
    ...(await monitoringFiles()),
  ];
}
