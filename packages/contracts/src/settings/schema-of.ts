import * as z from 'zod';
import { parseVariables } from '../parse-variables.ts';
import type { Reader, Setting } from './setting.ts';
import { SETTINGS, type SettingName } from './settings.ts';

type All = typeof SETTINGS;
type NameOf<R extends Reader> = {
  [Name in SettingName]: R extends All[Name]['readers'][number] ? Name : never;
}[SettingName];
type Shape<R extends Reader> = { [Name in NameOf<R>]: All[Name]['schema'] };
/** What a process has read. */
export type SettingsOf<R extends Reader> = z.infer<z.ZodObject<Shape<R>>>;

/** Names of the variables that a process reads. */
export function settingNames(reader: Reader): SettingName[] {
  return (Object.keys(SETTINGS) as SettingName[]).filter((name) =>
    (SETTINGS[name].readers as readonly Reader[]).includes(reader),
  );
}

/** What stands in infra/k8s/base/secret.yaml for every secret that has not been said yet. */
export const PLACEHOLDER = 'REPLACE-ME';

/** Reads the variables that a process understands; throws one error that names all that is wrong. */
export function readSettings<R extends Reader>(
  reader: R,
  source: Readonly<Record<string, string | undefined>>,
): SettingsOf<R> {
  const unsaid = settingNames(reader).filter((name) => {
    const { secret }: Setting = SETTINGS[name];
    return secret === true && source[name]?.includes(PLACEHOLDER) === true;
  });
  if (unsaid.length > 0)
    throw new Error(`These still have what stood in secret.yaml (${PLACEHOLDER}): ${unsaid.join(', ')}.`);
  const shape = Object.fromEntries(settingNames(reader).map((name) => [name, SETTINGS[name].schema])) as Shape<R>;
  return parseVariables(z.object(shape), source);
}
