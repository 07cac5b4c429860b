import { parseEnv, type Env } from './env.ts';

let parsed: Env | undefined;

/** The environment, read when the first request needs it: the build has none. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
