import { writeFile } from 'node:fs/promises';
import { settingsDocument } from './document.ts';

await writeFile(new URL('../../../../docs/settings.md', import.meta.url), settingsDocument());
