import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runTranscode } from './installation.ts';

/** The process of an installation that goes by this name. */
export async function pidOf(data: string, name: string): Promise<number> {
  const { stdout } = await runTranscode('status', '--json', '--data', data);
  const { processes } = JSON.parse(stdout) as { processes: { name: string; pid: number }[] };
  const pid = processes.find((each) => each.name === name)?.pid;
  if (pid === undefined) throw new Error(`There is no ${name}: ${stdout}`);
  return pid;
}

/** What starts them again when they die. */
export async function supervisorOf(data: string): Promise<number> {
  const text = await readFile(path.join(data, 'state.json'), 'utf8');
  return (JSON.parse(text) as { supervisor: { pid: number } }).supervisor.pid;
}

/** The servers are beside the processes. */
export async function redisOf(data: string): Promise<number> {
  const { stdout } = await runTranscode('status', '--json', '--data', data);
  return (JSON.parse(stdout) as { redis: { pid: number } }).redis.pid;
}
