import { readSettings, type SettingsOf } from '@transcode/contracts/settings';

export type Environment = SettingsOf<'worker'>;

/** Reads the variables this process understands. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Environment {
  return readSettings('worker', source);
}
