import { readSettings, type SettingsOf } from '@transcode/contracts/settings';

export type Env = SettingsOf<'console'>;

export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  return readSettings('console', source);
}
