import { machineFilebeat, podsFilebeat } from './elastic/filebeat.ts';
import { componentTemplate, indexTemplate } from './elastic/templates.ts';
import { machineAlloy, podsAlloy } from './loki/alloy.ts';

/** The files of `loki/` and `elastic/`, by their names: what `pnpm logs` writes and the tests compare. */
export const written = (): Map<string, string> =>
  new Map([
    ['loki/pods.alloy', podsAlloy()],
    ['loki/machine.alloy', machineAlloy()],
    ['elastic/filebeat.pods.yml', podsFilebeat()],
    ['elastic/filebeat.machine.yml', machineFilebeat()],
    ['elastic/component-template.json', json(componentTemplate())],
    ['elastic/index-template.json', json(indexTemplate())],
  ]);

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
