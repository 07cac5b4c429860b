import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export interface ToolPaths {
  ffmpeg: string;
  ffprobe: string;
  /** The folder with `postgres`, `initdb`, `pg_dump`. */
  postgresBin: string;
  redisServer: string;
  weed?: string;
  chromium?: string;
  packager?: string;
  prometheus?: string;
  alertmanager?: string;
}

export interface FindToolsOptions {
  /** The repository's root; its `.tools/bin` is looked in first. */
  root: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Tools that are not there; the message is the list of what to install. */
export class MissingToolError extends Error {
  readonly missing: readonly string[];

  constructor(missing: readonly { name: string; hint: string }[]) {
    const list = missing.map(({ name, hint }) => `  - ${name}: ${hint}`).join('\n');
    super(`These programs are missing:\n${list}`);
    this.name = 'MissingToolError';
    this.missing = missing.map(({ name }) => name);
  }
}

const HINTS = {
  ffmpeg: 'install ffmpeg, or name one by TRANSCODE_FFMPEG',
  ffprobe: 'install ffmpeg, which brings it, or name one by TRANSCODE_FFPROBE',
  postgres: 'install PostgreSQL 15 or newer (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql)',
  'redis-server': 'install Redis 7 or newer (Debian, Ubuntu: apt install redis-server; macOS: brew install redis)',
} as const;

/** Finds the programs we run: in `.tools/bin`, by PATH, and where systems are known to put them. */
export async function findTools({ root, env }: FindToolsOptions): Promise<ToolPaths> {
  const folders = foldersOf({ root, env });
  const [ffmpeg, ffprobe, postgresBin, redisServer, weed, packager, chromium, prometheus, alertmanager] =
    await Promise.all([
      named(env['TRANSCODE_FFMPEG'], () => firstIn(folders, ['ffmpeg'])),
      named(env['TRANSCODE_FFPROBE'], () => firstIn(folders, ['ffprobe'])),
      findPostgresBin(folders),
      findRedis(folders),
      firstIn(folders, ['weed']),
      firstIn(folders, ['packager']),
      firstIn([...folders, '/usr/bin'], ['chromium', 'chromium-browser', 'google-chrome']),
      firstIn(folders, ['prometheus']),
      firstIn(folders, ['prometheus-alertmanager', 'alertmanager']),
    ]);
  const missing: { name: string; hint: string }[] = [];
  const need = (name: keyof typeof HINTS, found: string | Unusable | undefined): string => {
    if (typeof found === 'string') return found;
    missing.push({ name, hint: found === undefined ? HINTS[name] : `${found.path} is not a program that can be run` });
    return '';
  };
  const paths: ToolPaths = {
    ffmpeg: need('ffmpeg', ffmpeg),
    ffprobe: need('ffprobe', ffprobe),
    postgresBin: need('postgres', postgresBin),
    redisServer: need('redis-server', redisServer),
    ...(weed === undefined ? {} : { weed }),
    ...(packager === undefined ? {} : { packager }),
    ...(chromium === undefined ? {} : { chromium }),
    ...(prometheus === undefined ? {} : { prometheus }),
    ...(alertmanager === undefined ? {} : { alertmanager }),
  };
  if (missing.length > 0) throw new MissingToolError(missing);
  return paths;
}

/** Postgres and Redis alone, for who has nothing to do with media. */
export async function findServers({
  root,
  env,
}: FindToolsOptions): Promise<Pick<ToolPaths, 'postgresBin' | 'redisServer'>> {
  const folders = foldersOf({ root, env });
  const [postgresBin, redisServer] = await Promise.all([findPostgresBin(folders), findRedis(folders)]);
  const missing = [
    ...(postgresBin === undefined ? [{ name: 'postgres', hint: HINTS.postgres }] : []),
    ...(redisServer === undefined ? [{ name: 'redis-server', hint: HINTS['redis-server'] }] : []),
  ];
  if (postgresBin === undefined || redisServer === undefined) throw new MissingToolError(missing);
  return { postgresBin, redisServer };
}

interface Unusable {
  path: string;
}

const foldersOf = ({ root, env }: FindToolsOptions): string[] => [
  join(root, '.tools', 'bin'),
  ...(env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder)),
];

const findRedis = (folders: readonly string[]): Promise<string | undefined> =>
  firstIn([...folders, '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'], ['redis-server']);

/** A program that was named counts alone: whoever names one does not want another. */
async function named(
  path: string | undefined,
  otherwise: () => Promise<string | undefined>,
): Promise<string | Unusable | undefined> {
  if (path === undefined || path === '') return otherwise();
  return (await isProgram(path)) ? path : { path };
}

async function firstIn(folders: readonly string[], names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isProgram(path)) return path;
    }
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Debian and Red Hat keep each version's programs apart, off the PATH; the newest is taken. */
async function findPostgresBin(folders: readonly string[]): Promise<string | undefined> {
  const versions = await Promise.all([
    versionFolders('/usr/lib/postgresql', /^\d+$/, (name) => join('/usr/lib/postgresql', name, 'bin')),
    versionFolders('/usr', /^pgsql-\d+$/, (name) => join('/usr', name, 'bin')),
    versionFolders('/opt/homebrew/opt', /^postgresql@\d+$/, (name) => join('/opt/homebrew/opt', name, 'bin')),
  ]);
  for (const folder of [...folders, ...versions.flat()]) {
    const programs = await Promise.all(['postgres', 'initdb', 'pg_dump'].map((name) => isProgram(join(folder, name))));
    if (programs.every(Boolean)) return folder;
  }
  return undefined;
}

async function versionFolders(parent: string, names: RegExp, path: (name: string) => string): Promise<string[]> {
  let entries: string[];
  try {
    entries = await readdir(parent);
  } catch {
    return [];
  }
  return entries
    .filter((name) => names.test(name))
    .toSorted((a, b) => version(b) - version(a))
    .map((name) => path(name));
}

function version(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}
