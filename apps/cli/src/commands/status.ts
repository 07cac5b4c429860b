import { dataFolderAt } from '../data-folder/data-folder.ts';
import { readLiveState, type ChildState, type State } from '../data-folder/state.ts';
import { programVersions } from './program-versions.ts';
import type { Context } from '../context.ts';

interface ProcessStatus {
  name: string;
  pid: number;
  state: string;
  ports: { http?: number | undefined; metrics?: number | undefined };
  restarts: number;
}

interface ServerStatus {
  pid: number;
  state: string;
  port: number | null;
  restarts: number;
}

interface WebServerStatus extends ServerStatus {
  url: string | null;
}

export interface Status {
  url: string | null;
  version: string;
  /** `starting`, `running`, `stopping`, or `stopped`. */
  state: string;
  storage: string | null;
  processes: ProcessStatus[];
  postgres: ServerStatus | null;
  redis: ServerStatus | null;
  /** With `up --monitoring`. */
  prometheus: WebServerStatus | null;
  alertmanager: WebServerStatus | null;
  /** Of the programs it stands on. */
  versions: Record<string, string>;
}

const NOT_RUNNING = 3;
const ASK_MS = 3_000;
const SERVERS = ['postgres', 'redis', 'prometheus', 'alertmanager'] as const;
const isServer = (name: string): boolean => SERVERS.some((server) => server === name);

/** Tells what runs. Exit code 0 when all of it is well, 1 when something is not, 3 when nothing runs. */
export async function status(context: Context, options: { data: string; json?: boolean }): Promise<number> {
  const folder = dataFolderAt(options.data);
  const state = await readLiveState(folder.state);
  const view =
    state === undefined
      ? stopped(context.version)
      : { ...(await running(state)), versions: await programVersions(context) };
  if (options.json === true) context.print(JSON.stringify(view, null, 2));
  else for (const line of lines(view, folder.path)) context.print(line);
  if (state === undefined) return NOT_RUNNING;
  return view.state === 'running' && everyPart(view).every((part) => part.state === 'running') ? 0 : 1;
}

function stopped(version: string): Status {
  return {
    url: null,
    version,
    state: 'stopped',
    storage: null,
    processes: [],
    postgres: null,
    redis: null,
    prometheus: null,
    alertmanager: null,
    versions: {},
  };
}

async function running(state: State): Promise<Omit<Status, 'versions'>> {
  const processes = await Promise.all(state.children.filter(({ name }) => !isServer(name)).map(processStatus));
  return {
    url: state.url,
    version: state.version,
    state: state.phase,
    storage: state.storage,
    processes,
    postgres: serverStatus(state.children.find(({ name }) => name === 'postgres')),
    redis: serverStatus(state.children.find(({ name }) => name === 'redis')),
    prometheus: withAddress(serverStatus(state.children.find(({ name }) => name === 'prometheus'))),
    alertmanager: withAddress(serverStatus(state.children.find(({ name }) => name === 'alertmanager'))),
  };
}

async function processStatus(child: ChildState): Promise<ProcessStatus> {
  const { name, identity, ports, restarts } = child;
  const wrong = child.state === 'running' && child.readyUrl !== undefined ? await unready(child.readyUrl) : undefined;
  return { name, pid: identity.pid, state: wrong ?? child.state, ports, restarts };
}

function serverStatus(child: ChildState | undefined): ServerStatus | null {
  if (child === undefined) return null;
  return { pid: child.identity.pid, state: child.state, port: child.ports.http ?? null, restarts: child.restarts };
}

/** Both have pages for people. */
const withAddress = (server: ServerStatus | null): WebServerStatus | null =>
  server === null ? null : { ...server, url: server.port === null ? null : `http://127.0.0.1:${server.port}` };

/** What is wrong with a process that runs; undefined when nothing is. */
async function unready(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ASK_MS), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 400 ? undefined : `not ready (${response.status})`;
  } catch {
    return 'does not answer';
  }
}

function everyPart(view: Status): (ProcessStatus | ServerStatus)[] {
  return [...view.processes, ...SERVERS.map((name) => view[name]).filter((server) => server !== null)];
}

function lines(view: Status, data: string): string[] {
  if (view.state === 'stopped') return [`Transcode is not running on ${data}.`];
  const rows = [
    ...view.processes.map((one) => ({ ...one, where: portsOf(one) })),
    ...SERVERS.flatMap((name) => {
      const server = view[name];
      if (server === null) return [];
      return [{ ...server, name, where: 'url' in server ? server.url : `port ${server.port ?? '?'}` }];
    }),
  ];
  return [
    `Transcode ${view.version} is ${view.state}: ${view.url ?? ''}`,
    ...rows.map((row) =>
      [
        row.name.padEnd(12),
        row.state.padEnd(12),
        `pid ${row.pid}`.padEnd(12),
        row.where,
        row.restarts > 0 ? `started again ${row.restarts} times` : '',
      ]
        .join('  ')
        .trimEnd(),
    ),
    `Storage: ${view.storage ?? ''}`,
    Object.entries(view.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  ];
}

function portsOf({ ports: { http, metrics } }: ProcessStatus): string {
  return [http === undefined ? '' : `port ${http}`, metrics === undefined ? '' : `metrics ${metrics}`]
    .filter(Boolean)
    .join(', ');
}
