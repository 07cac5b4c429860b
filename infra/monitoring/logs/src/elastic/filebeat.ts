import { stringify } from 'yaml';
import { mapped } from './mappings.ts';
import { STREAM } from './templates.ts';

const head = (
  where: string,
): string => `# Written by \`pnpm --filter @transcode/monitoring logs\` from LOG_FIELDS; change the TypeScript, never this file.
# Ships the logs of ${where} to Elasticsearch by Filebeat, with the names of the Elastic Common Schema: docs/logs.md.
`;

/** Our line is apart until its fields have their names, as Filebeat has fields of its own that are called the same. */
export const LINE = 'line';
const TIME = { from: `${LINE}.time`, layout: '2006-01-02T15:04:05.999Z07:00', example: '2026-01-02T03:04:05.678Z' };

const PROCESSORS = [
  {
    decode_json_fields: {
      ...{ fields: ['message'], target: LINE, process_array: false, max_depth: 4, add_error_key: false },
    },
  },
  // A line that is no JSON keeps its text.
  { drop_fields: { when: { has_fields: [`${LINE}.msg`] }, fields: ['message'], ignore_missing: true } },
  {
    timestamp: {
      ...{ field: TIME.from, layouts: [TIME.layout], test: [TIME.example], ignore_missing: true, ignore_failure: true },
    },
  },
  {
    rename: {
      fields: mapped()
        .filter(({ from }) => from !== 'time')
        .map(({ from, to }) => ({ from: `${LINE}.${from}`, to })),
      ignore_missing: true,
      fail_on_error: false,
    },
  },
  { drop_fields: { fields: [LINE], ignore_missing: true } },
];

const OUTPUT = {
  // The templates beside this file are put there by whoever runs Elasticsearch.
  'setup.template.enabled': false,
  'setup.ilm.enabled': false,
  'output.elasticsearch': {
    hosts: ['${ELASTICSEARCH_URL}'],
    api_key: '${ELASTICSEARCH_API_KEY}',
    index: STREAM,
  },
};

/** Of one machine: what API and workers write into `logs/` of the data folder. */
export const machineFilebeat = (): string =>
  head('one machine') +
  yaml({
    'filebeat.inputs': [
      {
        type: 'filestream',
        id: 'transcode',
        paths: ['${TRANSCODE_LOGS}/api.log', '${TRANSCODE_LOGS}/worker-*.log'],
      },
    ],
    processors: PROCESSORS,
    ...OUTPUT,
  });

/** Of pods, as a DaemonSet that may read `/var/log/containers` and ask Kubernetes for the pods of its node. */
export const podsFilebeat = (): string =>
  head('pods') +
  yaml({
    'filebeat.autodiscover': {
      providers: [
        {
          ...{ type: 'kubernetes', node: '${NODE_NAME}', namespace: '${POD_NAMESPACE}' },
          templates: [
            {
              condition: { equals: { 'kubernetes.labels.app_kubernetes_io/name': 'transcode' } },
              config: [
                {
                  type: 'filestream',
                  id: 'transcode-${data.kubernetes.container.id}',
                  paths: ['/var/log/containers/*-${data.kubernetes.container.id}.log'],
                  'prospector.scanner.symlinks': true,
                  parsers: [{ container: {} }],
                },
              ],
            },
          ],
        },
      ],
    },
    processors: PROCESSORS,
    ...OUTPUT,
  });

/** In the older YAML that Filebeat reads, a date that is to be a text needs quotes. */
const yaml = (value: object): string => stringify(value, { lineWidth: 0, singleQuote: true, version: '1.1' });
