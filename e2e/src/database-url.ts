import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface State {
  readonly children: readonly { readonly name: string; readonly ports: Readonly<Record<string, number>> }[];
}

/** Of the installation that runs on this data folder. */
export async function databaseUrlOf(data: string): Promise<string> {
  const { secret, port } = await serverOf(data, 'postgres');
  return `postgresql://postgres:${secret}@127.0.0.1:${port}/transcode`;
}

export async function redisUrlOf(data: string): Promise<string> {
  const { secret, port } = await serverOf(data, 'redis');
  return `redis://:${secret}@127.0.0.1:${port}`;
}

async function serverOf(data: string, name: 'postgres' | 'redis'): Promise<{ secret: string; port: number }> {
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(path.join(data, file), 'utf8'));
  const { [name]: secret } = (await read('secrets.json')) as Record<typeof name, string>;
  const { children } = (await read('state.json')) as State;
  const port = children.find((child) => child.name === name)?.ports['http'];
  if (port === undefined) throw new Error(`No ${name} runs on ${data}`);
  return { secret, port };
}
