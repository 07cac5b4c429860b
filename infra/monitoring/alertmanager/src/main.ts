import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { alertmanagerYaml } from './alertmanager-yaml.ts';
import { alertSettings } from './settings.ts';

const [file = resolve(import.meta.dirname, '../alertmanager.yml')] = process.argv.slice(2);
await writeFile(file, alertmanagerYaml(alertSettings(process.env)));
