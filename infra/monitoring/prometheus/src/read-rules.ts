import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const Texts = z.record(z.string(), z.string());
const Record = z.strictObject({ record: z.string(), expr: z.string(), labels: Texts.optional() });
const Alert = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: Texts,
  annotations: Texts,
});
const RuleFile = z.strictObject({
  groups: z.array(
    z.strictObject({ name: z.string(), interval: z.string().optional(), rules: z.array(z.union([Record, Alert])) }),
  ),
});

export type RecordingRule = z.infer<typeof Record> & { readonly file: string };
export type AlertingRule = z.infer<typeof Alert> & { readonly file: string };

export interface Rules {
  readonly recordings: readonly RecordingRule[];
  readonly alerts: readonly AlertingRule[];
}

const FOLDER = resolve(import.meta.dirname, '../rules');

/** All rules of the folder, each with the name of its file. */
export function readRules(folder = FOLDER): Rules {
  const rules = globSync('*.yml', { cwd: folder })
    .toSorted()
    .flatMap((file) =>
      RuleFile.parse(parse(readFileSync(join(folder, file), 'utf8'))).groups.flatMap((group) =>
        group.rules.map((rule) => ({ ...rule, file: basename(file, '.yml') })),
      ),
    );
  return {
    recordings: rules.filter((rule) => 'record' in rule),
    alerts: rules.filter((rule) => 'alert' in rule),
  };
}
