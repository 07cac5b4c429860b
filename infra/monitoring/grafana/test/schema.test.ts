import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect, test } from 'vitest';
import { dashboardFiles } from './dashboard-files.ts';

/** Its schemas name formats and defaults that are nothing to us; what they demand and forbid counts. */
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

const dashboard = validatorOf('dashboard', 'Dashboard');
const row = validatorOf('dashboard', 'RowPanel');
const panel = validatorOf('dashboard', 'Panel');
const variable = validatorOf('dashboard', 'VariableModel');
const question = validatorOf('prometheus', 'Dataquery');

test('each dashboard, its rows, its panels and its variables are as Grafana’s schema has them', () => {
  const slips = dashboardFiles.flatMap((file) => [
    // Its panels by themselves: a slip in one is then told as that slip, not as what is neither a row nor a panel.
    ...slipsOf(dashboard, { ...file, panels: [] }, file.uid),
    ...file.panels.flatMap((one) => slipsOf(one.type === 'row' ? row : panel, one, `${file.uid} / ${one.title}`)),
    ...file.templating.list.flatMap((one) => slipsOf(variable, one, `${file.uid} $${one.name}`)),
  ]);
  expect(slips).toEqual([]);
});

test('each panel has the options and the fields of its kind, and asks as Prometheus’ data source reads it', () => {
  const slips = dashboardFiles.flatMap(({ uid, panels }) =>
    panels
      .filter(({ type }) => type !== 'row')
      .flatMap(({ type, title, options, targets = [], fieldConfig }) => {
        const place = `${uid} / ${title}`;
        const custom = fieldConfig?.defaults.custom;
        return [
          ...slipsOf(validatorOf(type, 'Options'), options, place),
          ...(custom === undefined ? [] : slipsOf(validatorOf(type, 'FieldConfig'), custom, place)),
          ...targets.flatMap((target) => slipsOf(question, target, place)),
        ];
      }),
  );
  expect(slips).toEqual([]);
});

test('the schema knows what is wrong', () => {
  const [file] = dashboardFiles;
  expect(dashboard({ ...file, titel: 'a slip' })).toBe(false);
  expect(validatorOf('timeseries', 'FieldConfig')({ drawStyle: 'lines' })).toBe(false);
  expect(question({ refId: 'A', expr: 'up', legend: '' })).toBe(false);
});

/** The validator of one definition of a file of schemas, which are named as kinds of panels without their hyphens. */
function validatorOf(kind: string, definition: string): ValidateFunction {
  const file = kind.replace('-', '');
  if (ajv.getSchema(file) === undefined)
    ajv.addSchema(
      JSON.parse(
        readFileSync(join(import.meta.dirname, `../schema/${file}.jsonschema.json`), 'utf8'),
        anyIsAny,
      ) as object,
      file,
    );
  const validate = ajv.getSchema(`${file}#/definitions/${definition}`);
  if (validate === undefined) throw new Error(`The schema ${file} has no ${definition}`);
  return validate;
}

/** A matcher's `options` and a property's `value` are anything in Grafana's sources; their generator writes an object of anything. */
function anyIsAny(key: string, value: unknown): unknown {
  const isObject = JSON.stringify(value)?.startsWith('{"type":"object","additionalProperties":{}') ?? false;
  return isObject && (key === 'options' || key === 'value') ? {} : value;
}

function slipsOf(validate: ValidateFunction, value: unknown, place: string): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${place} ${instancePath} ${message}`);
}
