import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlertSettings } from '../../alertmanager/src/settings.ts';

type EveryChannel = { readonly [Channel in keyof AlertSettings]-?: NonNullable<AlertSettings[Channel]> };

/** Settings of every channel, with secrets in files of a folder. */
export async function everyChannel(folder: string): Promise<EveryChannel> {
  const secret = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    await chmod(path, 0o600);
    return path;
  };
  return {
    slack: { urlFile: await secret('slack-url', 'http://127.0.0.1:9/slack'), channel: '#video' },
    pagerDuty: { keyFile: await secret('pagerduty-key', 'key') },
    email: {
      to: 'night@example.org',
      from: 'transcode@example.org',
      smarthost: '127.0.0.1:25',
      user: 'transcode',
      passwordFile: await secret('smtp-password', 'password'),
      tls: true,
    },
    webhook: { url: 'http://127.0.0.1:9/alerts', tokenFile: await secret('token', 'token') },
  };
}

/** No channel, each alone, each pair …, all: every set of them. */
export function everySet(all: EveryChannel): { name: string; settings: AlertSettings }[] {
  const names = Object.keys(all) as (keyof AlertSettings)[];
  return Array.from({ length: 2 ** names.length }, (_, bits) => {
    const chosen = names.filter((__, index) => (bits >> index) % 2 === 1);
    return {
      name: chosen.join(' + ') || 'none',
      settings: Object.fromEntries(chosen.map((name) => [name, all[name]])),
    };
  });
}
