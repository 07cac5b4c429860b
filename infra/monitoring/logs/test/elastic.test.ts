import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_FIELDS, type LogField, type LogFieldKind } from '@transcode/contracts';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const read = (name: string): unknown => parse(readFileSync(join(import.meta.dirname, '../elastic', name), 'utf8'));
const FIELDS = Object.entries(LOG_FIELDS) as [LogField, { kind: LogFieldKind; ecs: string }][];

/** What a field of each kind may be in Elasticsearch. */
const ALLOWED: Readonly<Record<LogFieldKind, readonly string[]>> = {
  id: ['keyword'],
  word: ['keyword'],
  number: ['long', 'double'],
  text: ['match_only_text', 'wildcard', 'keyword', 'date', 'ip'],
  texts: ['match_only_text'],
  error: ['match_only_text', 'keyword', 'wildcard'],
};

interface Property {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Property>>;
}

function leaves(properties: Readonly<Record<string, Property>>, above = ''): [string, string][] {
  return Object.entries(properties).flatMap(([name, { type, properties: below }]) =>
    below === undefined ? [[above + name, type ?? ''] as [string, string]] : leaves(below, `${above}${name}.`),
  );
}

const { template } = read('component-template.json') as {
  template: { mappings: { dynamic: unknown; properties: Record<string, Property> } };
};
const MAPPED = new Map(leaves(template.mappings.properties));
/** Whether a mapping is of a field: an error is several. */
const isOf = (mapped: string, { kind, ecs }: { kind: LogFieldKind; ecs: string }): boolean =>
  kind === 'error' ? mapped.startsWith(`${ecs}.`) && mapped !== LOG_FIELDS.code.ecs : mapped === ecs;

test('every field is mapped, as its kind', () => {
  for (const [field, shape] of FIELDS) {
    const types = [...MAPPED].filter(([mapped]) => isOf(mapped, shape)).map(([, type]) => type);
    expect([field, types.length]).toEqual([field, shape.kind === 'error' ? 3 : 1]);
    expect([field, types.filter((type) => !ALLOWED[shape.kind].includes(type))]).toEqual([field, []]);
  }
});

test('nothing is mapped that is no field, and nothing comes to be mapped by itself', () => {
  const others = [...MAPPED.keys()].filter((mapped) => !FIELDS.some(([, shape]) => isOf(mapped, shape)));
  expect(others).toEqual([]);
  expect(template.mappings.dynamic).toBe(false);
});

test('the index template takes what Filebeat writes, before those that Elasticsearch brings', () => {
  const index = read('index-template.json') as { index_patterns: string[]; priority: number; composed_of: string[] };
  expect(index).toMatchObject({ data_stream: {}, composed_of: ['transcode-logs'] });
  expect(index.priority).toBeGreaterThan(100);
  for (const file of ['filebeat.machine.yml', 'filebeat.pods.yml']) {
    const { 'output.elasticsearch': output } = read(file) as { 'output.elasticsearch': { index: string } };
    expect([file, output.index.startsWith(index.index_patterns[0]?.replace('*', '') ?? '-')]).toEqual([file, true]);
  }
});

const Processors = z.tuple([
  z.strictObject({
    decode_json_fields: z.looseObject({ fields: z.tuple([z.literal('message')]), target: z.literal('line') }),
  }),
  z.strictObject({ drop_fields: z.looseObject({ fields: z.tuple([z.literal('message')]) }) }),
  z.strictObject({ timestamp: z.looseObject({ field: z.literal('line.time'), test: z.array(z.iso.datetime()) }) }),
  z.strictObject({
    rename: z.looseObject({
      fields: z.array(z.strictObject({ from: z.string().startsWith('line.'), to: z.string() })),
    }),
  }),
  z.strictObject({ drop_fields: z.looseObject({ fields: z.tuple([z.literal('line')]) }) }),
]);

describe.for(['filebeat.machine.yml', 'filebeat.pods.yml'])('%s', (file) => {
  const { processors } = read(file) as { processors: unknown };
  const [, , timestamp, { rename }] = Processors.parse(processors);
  const moved = new Map(rename.fields.map(({ from, to }) => [from.replace(/^line\./, ''), to]));

  test('moves every field to where it is mapped, and no other', () => {
    expect(moved.size).toBe(rename.fields.length);
    const names = new Set(
      [...moved.keys(), timestamp.timestamp.field.replace('line.', '')].map((from) => from.split('.')[0]),
    );
    expect(names).toEqual(new Set(Object.keys(LOG_FIELDS)));
    expect(new Set([...moved.values(), '@timestamp'])).toEqual(new Set(MAPPED.keys()));
  });

  test('gives each field the name that the contract says', () => {
    for (const [from, to] of moved) {
      const [field = '', part] = from.split('.');
      const { ecs } = LOG_FIELDS[field as LogField];
      expect([from, part === undefined ? to : to.replace(/\.\w+$/, '')]).toEqual([from, ecs]);
    }
  });
});
