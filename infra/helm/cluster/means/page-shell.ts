import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { atTerminal, type Typed } from './at-terminal.ts';
import { kubectl, tryInside } from './cluster.ts';
import { HOUSE } from './house.ts';

export interface How {
  /** What is put in the place of something that the page leaves to its reader, such as the name of a pod. */
  readonly fill?: Readonly<Record<string, string>>;
  /** What it finds in its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of a command that goes on until somebody ends it: it is ended once this holds in the shell, of what it `$said`. */
  readonly until?: string;
  /** At a terminal. */
  readonly typed?: Typed;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LOOKS = 240;
const LOOK_SECONDS = 0.5;

let configuration: Promise<string> | undefined;

/** What the page has its readers say first. */
export const SAY_NAMESPACE = 'kubectl config set-context --current --namespace transcode';

/** kubectl's configuration, in a file of its own: what the page changes in it is nobody else's. */
async function configure(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'page-')), 'kubeconfig');
  await writeFile(file, await kubectl('config', 'view', '--raw', '--flatten'), { mode: 0o600 });
  const { code, stderr } = await tryInside(['bash', '-c', `KUBECONFIG='${file}' ${SAY_NAMESPACE}`]);
  if (code !== 0) throw new Error(stderr);
  return file;
}

/** Runs a command of the page as it is typed in a clone of the repository, by one who is where the cluster is reachable. */
export async function runWritten(text: string, { fill = {}, env = {}, until, typed }: How = {}): Promise<Ended> {
  const command = Object.entries(fill).reduce((line, [from, to]) => {
    if (!line.includes(from)) throw new Error(`${text} leaves nobody ${from} to fill in.`);
    return line.replaceAll(from, to);
  }, text);
  configuration ??= configure();
  const set = Object.entries({ KUBECONFIG: await configuration, ...env }).map(
    ([name, value]) => `export ${name}='${value}'`,
  );
  const script = `cd '${HOUSE}'\n${set.join('\n')}\n${until === undefined ? command : endedOnce(until, command)}`;
  if (typed === undefined) return tryInside(['bash', '-c', script]);
  return { ...(await atTerminal([...inject('cluster').inside, 'bash', '-c', script], typed)), stderr: '' };
}

const endedOnce = (condition: string, command: string): string => `
said=$(mktemp)
${command} >"$said" 2>&1 &
pid=$!
rc=1
for ((look = 0; look < ${LOOKS}; look++)); do
  kill -0 $pid 2>/dev/null || break
  if ${condition}; then rc=0; break; fi
  sleep ${LOOK_SECONDS}
done
kill $pid 2>/dev/null
wait $pid 2>/dev/null
cat "$said"
rm "$said"
exit $rc`;
