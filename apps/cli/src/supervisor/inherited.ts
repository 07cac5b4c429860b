import { settingNames, SETTINGS, type Reader } from '@transcode/contracts/settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** What every program may need of the system, and the AWS SDK of its own settings. */
const OF_THE_SYSTEM = /^(NODE_COMPILE_CACHE|PATH|HOME|LANG|LC_.*|TZ|TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_.*)$/;
const OF_AWS = /^AWS_/;

/** Of our own environment only what the process is meant to have: what it reads and whoever runs the installation sets. */
export function inherited(env: Environment, reader: Reader): Record<string, string | undefined> {
  const names = new Set<string>(settingNames(reader).filter((name) => SETTINGS[name].from === 'operator'));
  const isMeant = (name: string): boolean =>
    names.has(name) || OF_THE_SYSTEM.test(name) || (names.has('AWS_REGION') && OF_AWS.test(name));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isMeant(name)));
}
