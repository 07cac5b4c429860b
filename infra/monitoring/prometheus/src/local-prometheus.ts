import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';

export interface LocalPrometheus {
  /** What links to runbooks begin with: an address, or the folder itself. */
  readonly runbooks: string;
  /** Where Grafana is, if it is anywhere. */
  readonly grafana: string | undefined;
}

const PROMETHEUS = resolve(import.meta.dirname, '..');

/**
 * The configuration for one machine, for a folder that has `targets.json` and `alertmanagers.json` beside it: prometheus.local.yml with the
 * rules where they lie and what links begin with.
 */
export function localPrometheusYaml({ runbooks, grafana }: LocalPrometheus): string {
  const document = parseDocument(readFileSync(join(PROMETHEUS, 'prometheus.local.yml'), 'utf8'));
  document.set('rule_files', [join(PROMETHEUS, 'rules/*.yml')]);
  document.setIn(['global', 'external_labels'], {
    runbooks: withoutSlash(runbooks),
    ...(grafana === undefined ? {} : { grafana: withoutSlash(grafana) }),
  });
  return document.toString({ lineWidth: 0 });
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');
