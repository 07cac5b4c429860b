import { readSettings, type SettingsOf } from '@transcode/contracts/settings';

export type Environment = SettingsOf<'api'>;

/** Reads the variables this process understands. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Environment {
  return readSettings('api', source);
}
