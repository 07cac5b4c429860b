import { LOG_EVENTS, LOG_FIELDS, type LogField } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { rowsOf } from '../../test/rows-of.ts';
import { placeOf, type Place } from '../src/loki/places.ts';

const WORDS: Readonly<Record<Place, string>> = {
  time: 'time',
  label: 'label',
  metadata: 'metadata',
  line: 'in the line',
};

test('docs/logs.md has every event with its fields, and no other', () => {
  const events = Object.entries(LOG_EVENTS).map(([event, fields]) => [event, [fields.join(', ')]] as const);
  expect(rowsOf('logs.md', 'Events')).toEqual(new Map(events));
});

test('docs/logs.md has every field with its kind, its name in Elasticsearch and its place in Loki, and no other', () => {
  const fields = Object.entries(LOG_FIELDS).map(
    ([field, { kind, ecs }]) => [field, [kind, ecs, WORDS[placeOf(field as LogField)]]] as const,
  );
  expect(rowsOf('logs.md', 'Fields')).toEqual(new Map(fields));
});
