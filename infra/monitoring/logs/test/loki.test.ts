import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_FIELDS, LOG_LEVELS, type LogField } from '@transcode/contracts';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LABELS, placeOf } from '../src/loki/places.ts';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const FIELDS = Object.keys(LOG_FIELDS) as LogField[];

/** The names that a stage of `loki.process` is about, as Alloy's file has them. */
function namesOf(text: string, stage: string): string[] {
  const [, block = ''] = new RegExp(`stage\\.${stage} \\{\\n([^]*?)\\n\\t\\}`).exec(text) ?? [];
  return [...block.matchAll(/^\t{3}(\w+) += "",$/gm)].map(([, name = '']) => name);
}

describe.for([
  ['loki/pods.alloy', ['namespace'], ['pod']],
  ['loki/machine.alloy', [], []],
] as const)('%s', ([file, labels, metadata]) => {
  const text = read(file);

  test('has every field once: as the time, a label, structured metadata, or in the line alone', () => {
    const places = {
      time: [/stage\.timestamp \{\n\t\tsource = "(\w+)"/.exec(text)?.[1]],
      label: namesOf(text, 'labels'),
      metadata: namesOf(text, 'structured_metadata').filter((name) => !metadata.some((one) => one === name)),
    };
    for (const place of ['time', 'label', 'metadata'] as const) {
      const wanted = FIELDS.filter((field) => placeOf(field) === place);
      expect([place, new Set(places[place])]).toEqual([place, new Set(wanted)]);
    }
    const taken = Object.values(places).flat();
    expect(new Set(namesOf(text, 'json'))).toEqual(new Set(taken));
    expect(new Set(taken).size).toBe(taken.length);
    const left = FIELDS.filter((field) => !taken.includes(field));
    expect(left).toEqual(
      FIELDS.filter((field) => field === 'msg' || ['texts', 'error'].includes(LOG_FIELDS[field].kind)),
    );
  });

  test('keeps no other label', () => {
    const [, kept = ''] = /stage\.label_keep \{\n\t\tvalues = (\[.*\])/.exec(text) ?? [];
    expect(JSON.parse(kept)).toEqual([...LABELS, ...labels]);
  });
});

test('a label is a word of few values that stands in each line', () => {
  for (const label of LABELS) expect(LOG_FIELDS[label].kind).toBe('word');
  expect(LOG_LEVELS.length).toBeLessThan(10);
});

test('Grafana leads from a trace to its lines by labels and metadata that they have', () => {
  const { datasources } = parse(read('../grafana/provisioning/datasources/transcode.yml')) as {
    datasources: { type: string; jsonData: { tracesToLogsV2?: { query: string }; derivedFields?: object[] } }[];
  };
  const query = datasources.find(({ type }) => type === 'jaeger')?.jsonData.tracesToLogsV2?.query ?? '';
  const [, label = '', metadata = ''] = /^\{(\w+)=~"\.\+"\} \| (\w+)="/.exec(query) ?? [];
  expect([placeOf(label as LogField), placeOf(metadata as LogField)]).toEqual(['label', 'metadata']);
  const back = datasources.find(({ type }) => type === 'loki')?.jsonData.derivedFields;
  expect(back).toEqual([expect.objectContaining({ matcherType: 'label', matcherRegex: metadata })]);
});
