import { stringify } from 'yaml';
import { alertmanagerConfiguration } from './configuration.ts';
import type { AlertSettings } from './settings.ts';

const HEAD = `# Written by \`node infra/monitoring/alertmanager/src/main.ts\` for the channels that its environment sets (docs/monitoring.md). Where it sets none,
# alerts are grouped, silenced by their causes and shown, and nobody is told. Change the TypeScript, never this file.
`;

/** The configuration as Alertmanager reads it. Secrets are not in it, but a webhook's address is: it is for its owner alone. */
export const alertmanagerYaml = (settings: AlertSettings): string =>
  HEAD + stringify(alertmanagerConfiguration(settings), { lineWidth: 0, singleQuote: true, version: '1.1' });
