import { mapped, type ElasticType } from './mappings.ts';

interface Properties {
  [name: string]: { properties: Properties } | { type: ElasticType };
}

const NAME = 'transcode-logs';
/** A data stream's name is its type, what it is of, and whose it is. */
export const STREAM = 'logs-transcode-${TRANSCODE_NAMESPACE:default}';

/** `PUT _component_template/transcode-logs`. */
export function componentTemplate(): object {
  const properties: Properties = {};
  for (const { to, type } of mapped()) put(properties, to.split('.'), type);
  return {
    template: {
      settings: { index: { mapping: { ignore_malformed: true } } },
      mappings: {
        // What an agent adds is kept in the document and not indexed: no field comes to be by accident.
        dynamic: false,
        properties,
      },
      lifecycle: { data_retention: '30d' },
    },
    _meta: { description: 'Fields of the log lines of Transcode, written from LOG_FIELDS' },
  };
}

/** `PUT _index_template/transcode-logs`. */
export const indexTemplate = (): object => ({
  index_patterns: ['logs-transcode-*'],
  data_stream: {},
  // Above those that Elasticsearch brings for all logs.
  priority: 200,
  composed_of: [NAME],
});

function put(properties: Properties, [first = '', ...rest]: readonly string[], type: ElasticType): void {
  if (rest.length === 0) {
    if (first in properties) throw new Error(`${first} is mapped twice`);
    properties[first] = { type, ...(type === 'keyword' && { ignore_above: 1024 }) };
    return;
  }
  const within = (properties[first] ??= { properties: {} });
  if (!('properties' in within)) throw new Error(`${first} is a field, and has fields`);
  put(within.properties, rest, type);
}
