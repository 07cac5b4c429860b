import * as z from 'zod';
import { parseVariables } from '../parse-variables.ts';
import type { Reader } from './setting.ts';
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

/** Reads the variables that a process understands; throws one error that names all that is wrong. */
export function readSettings<R extends Reader>(
  reader: R,
  source: Readonly<Record<string, string | undefined>>,
): SettingsOf<R> {
  const shape = Object.fromEntries(settingNames(reader).map((name) => [name, SETTINGS[name].schema])) as Shape<R>;
  return parseVariables(z.object(shape), source);
}
