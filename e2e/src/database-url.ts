import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface State {
  readonly children: readonly { readonly name: string; readonly ports: Readonly<Record<string, number>> }[];
}

/** Of the installation that runs on this data folder. */
export async function databaseUrlOf(data: string): Promise<string> {
  const { postgres } = JSON.parse(await readFile(path.join(data, 'secrets.json'), 'utf8')) as { postgres: string };
  const { children } = JSON.parse(await readFile(path.join(data, 'state.json'), 'utf8')) as State;
  const port = children.find(({ name }) => name === 'postgres')?.ports['http'];
  if (port === undefined) throw new Error(`No Postgres runs on ${data}`);
  return `postgresql://postgres:${postgres}@127.0.0.1:${port}/transcode`;
}
