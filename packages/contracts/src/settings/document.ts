import * as z from 'zod';
import type { Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

const HEAD = `# Settings

Every variable of the environment that is a setting of a process, written from \`packages/contracts/src/settings/settings.ts\` by
\`pnpm --filter @transcode/contracts settings\`; a test holds the two together. An empty variable counts as absent. What is wrong is told when the
process starts, all of it at once, and it does not start. Beside them there are the variables of alerts ([monitoring.md](monitoring.md)), the first account in a
cluster ([images.md](images.md)) and the console's \`NEXTAUTH_URL\`, which \`up\` sets from \`PUBLIC_URL\`.
`;
const PARTS = [
  {
    from: 'operator',
    title: 'Yours to set',
    about:
      '`./transcode up` hands them to the processes that read them, and nothing else of its environment but `PATH`, `HOME`, `TMPDIR`, `TZ`, `LANG`, `LC_*`, `NODE_COMPILE_CACHE`, `NODE_EXTRA_CA_CERTS`, `SSL_CERT_*` and, to those that may speak to S3, `AWS_*`.',
  },
  {
    from: 'installation',
    title: 'Set by what starts the processes',
    about:
      '`./transcode up` makes them up from its data folder. They are yours where you start the processes yourself.',
  },
] as const;

/** docs/settings.md. */
export function settingsDocument(): string {
  const parts = PARTS.map(({ from, title, about }) => {
    const rows = Object.entries<Setting>(SETTINGS).filter(([, setting]) => setting.from === from);
    return [`## ${title}`, '', about, '', ...table(rows), ''].join('\n');
  });
  return [HEAD, ...parts].join('\n');
}

function table(settings: readonly [string, Setting][]): string[] {
  return [
    '| variable | read by | meaning | unless set |',
    '| --- | --- | --- | --- |',
    ...settings.map(([name, { readers, about, secret, ...setting }]) => {
      const kept = secret === true ? '; a secret' : '';
      return `| \`${name}\` | ${readers.join(', ')} | ${about}${kept} | ${unless(setting)} |`;
    }),
  ];
}

/** Defaults stand as they are given, as texts. */
function unless({ schema, unless: words }: Pick<Setting, 'schema' | 'unless'>): string {
  if (words !== undefined) return words;
  const { success, data } = z.safeParse(schema, undefined);
  if (!success) return 'it has to be set';
  if (data === undefined) return '';
  if (Array.isArray(data)) return `\`${data.join(',')}\``;
  return `\`${typeof data === 'string' ? data : JSON.stringify(data)}\``;
}
