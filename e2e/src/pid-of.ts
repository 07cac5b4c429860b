import { runTranscode } from './installation.ts';

/** The process of an installation that goes by this name. */
export async function pidOf(data: string, name: string): Promise<number> {
  const { stdout } = await runTranscode('status', '--json', '--data', data);
  const { processes } = JSON.parse(stdout) as { processes: { name: string; pid: number }[] };
  const pid = processes.find((each) => each.name === name)?.pid;
  if (pid === undefined) throw new Error(`There is no ${name}: ${stdout}`);
  return pid;
}
