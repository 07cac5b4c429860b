import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SPANS } from '@transcode/contracts';
import { SETTINGS } from '@transcode/contracts/settings';
import { expect, test } from 'vitest';
import { rowsOf } from '../../test/rows-of.ts';

const MONITORING = resolve(import.meta.dirname, '../..');

test('docs/tracing.md has every span with its help and attributes, and no other', () => {
  const rows = [...rowsOf('tracing.md', 'Which spans there are')];
  const spans = Object.entries(SPANS).map(([span, { help, attributes }]) => [span, help, attributes.join(', ')]);
  expect(rows.map(([span, [, help, attributes]]) => [span, help, attributes])).toEqual(spans);
});

test('docs/tracing.md has every variable of traces, and no other', () => {
  const known = Object.keys(SETTINGS).filter((name) => name.startsWith('OTEL_'));
  const told = [...rowsOf('tracing.md', 'Switch it on').keys()];
  expect(told.filter((name) => name.startsWith('OTEL_'))).toEqual(known);
});

test('docs/tracing.md has every variable of the collector, and no other', () => {
  const text = readFileSync(resolve(MONITORING, 'otel-collector/otel-collector.yml'), 'utf8');
  const read = [...text.matchAll(/\$\{env:(\w+)/g)].map(([, name]) => name);
  expect(new Set(rowsOf('tracing.md', 'Which are kept').keys())).toEqual(new Set(read));
});
