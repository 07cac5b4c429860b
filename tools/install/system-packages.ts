import { access, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withExclusiveLock } from './exclusive-lock.ts';
import { InstallError } from './install-error.ts';
import { findPostgres, onPath, type Machine } from './machine.ts';
import { tell } from './progress.ts';
import { runCommand, type Environment } from './run-command.ts';
import { codeOf } from './stamps.ts';
import type { Step } from './step.ts';

interface SystemProgram {
  what: string;
  debian: readonly string[];
  find(env: Environment): Promise<string | undefined>;
}

const SERVERS: readonly SystemProgram[] = [
  { what: 'PostgreSQL 15 or newer, its server (postgres, initdb)', debian: ['postgresql'], find: findPostgres },
  { what: 'Redis 7 or newer (redis-server)', debian: ['redis-server'], find: (env) => onPath('redis-server', env) },
];

const BROWSER: SystemProgram = {
  what: 'Chromium (chromium)',
  debian: ['chromium', 'fonts-liberation'],
  find: async (env) => (await onPath('chromium', env)) ?? onPath('chromium-browser', env),
};

const TRACER: SystemProgram = {
  what: 'strace, to see what ffmpeg opens and calls',
  debian: ['strace'],
  find: (env) => onPath('strace', env),
};

const ALERTMANAGER: SystemProgram = {
  what: 'Alertmanager 0.25 or newer (prometheus-alertmanager or alertmanager, and amtool)',
  debian: ['prometheus-alertmanager'],
  find: async (env) =>
    (await onPath('amtool', env)) === undefined
      ? undefined
      : ((await onPath('prometheus-alertmanager', env)) ?? onPath('alertmanager', env)),
};

const PROMETHEUS: SystemProgram = {
  what: 'Prometheus 2.42 or newer (prometheus, promtool)',
  debian: ['prometheus'],
  find: async (env) => ((await onPath('promtool', env)) === undefined ? undefined : onPath('prometheus', env)),
};

export const servers = systemPackages('Installing PostgreSQL and Redis', SERVERS);
export const browser = systemPackages('Installing a browser for the tests', [BROWSER]);
export const tracer = systemPackages('Installing a tracer for the tests', [TRACER]);
export const monitoring = systemPackages('Installing Prometheus and Alertmanager', [PROMETHEUS, ALERTMANAGER]);

/** Programs that the system's own packages bring: by apt as root on Debian, elsewhere by the person, who is told which. */
function systemPackages(title: string, programs: readonly SystemProgram[]): Step {
  const missing = async (env: Environment): Promise<SystemProgram[]> => {
    const found = await Promise.all(programs.map((program) => program.find(env)));
    return programs.filter((_, index) => found[index] === undefined);
  };
  return {
    title,
    done: async ({ env }) => (await missing(env)).length === 0,
    run: async (machine) => {
      const absent = await missing(machine.env);
      const packages = absent.flatMap((program) => program.debian);
      if (!(await canUseApt(machine))) {
        const list = absent.map((program) => `  - ${program.what}`).join('\n');
        throw new InstallError(
          `These are missing, and only root on Debian or Ubuntu can have them installed from here:\n${list}\n` +
            `On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
        );
      }
      await aptInstall(machine, packages);
    },
  };
}

async function canUseApt(machine: Machine): Promise<boolean> {
  return (
    process.getuid?.() === 0 &&
    (await exists('/etc/debian_version')) &&
    (await onPath('apt-get', machine.env)) !== undefined
  );
}

async function aptInstall(machine: Machine, packages: readonly string[]): Promise<void> {
  const quiet = { ...machine, env: { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const apt = (...args: string[]): Promise<string> =>
    runCommand(
      'apt-get',
      ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Options::=--force-confold', ...args],
      {
        machine: quiet,
        failure: `apt-get could not install ${packages.join(', ')}.`,
      },
    );
  const install = (): Promise<string> => apt('install', '--no-install-recommends', ...packages);
  await withExclusiveLock(
    APT_LOCK,
    machine.signal,
    () => tell('Another installation is using apt; waiting for it.'),
    () =>
      withoutServices(machine, async () => {
        try {
          await install();
        } catch {
          // Most often the package lists are missing or old; if not, the second try tells why.
          await apt('update');
          await install();
        }
      }),
  );
}

const APT_LOCK = '/run/transcode-apt.lock';
const POLICY = '/usr/sbin/policy-rc.d';
const CLUSTERS = '/etc/postgresql-common/createcluster.conf';
/** Services that come with Debian's packages, each with the program that tells whether it was there before. */
const UNIT_PROGRAMS = {
  'redis-server': '/usr/bin/redis-server',
  prometheus: '/usr/bin/prometheus',
  'prometheus-alertmanager': '/usr/bin/prometheus-alertmanager',
};

/**
 * The packages are here for their programs. While `work` installs them no service of theirs is started, no system-wide database is
 * made, and afterwards they do not start with the machine either. What was there before stays as it was.
 */
async function withoutServices(machine: Machine, work: () => Promise<void>): Promise<void> {
  const newPostgres = !(await exists('/usr/share/postgresql-common'));
  const absent = await without(Object.entries(UNIT_PROGRAMS));
  const policy = await createNew(POLICY, '#!/bin/sh\nexit 101\n', 0o755);
  if (newPostgres) {
    await runCommand('mkdir', ['-p', '/etc/postgresql-common'], { machine, failure: 'Cannot write to /etc.' });
    await createNew(CLUSTERS, 'create_main_cluster = false\n', 0o644);
  }
  try {
    await work();
  } finally {
    if (policy) await rm(POLICY, { force: true });
    if (newPostgres) await restoreClusters();
  }
  const stillAbsent = new Set(await without(absent));
  const units = [
    ...(newPostgres ? ['postgresql'] : []),
    ...absent.filter((one) => !stillAbsent.has(one)).map(([unit]) => unit),
  ];
  if (units.length === 0 || (await onPath('systemctl', machine.env)) === undefined) return;
  for (const unit of units) {
    if (!(await exists(join('/lib/systemd/system', `${unit}.service`)))) continue;
    await runCommand('systemctl', ['disable', '--quiet', unit], {
      machine,
      failure: `${unit} could not be disabled.`,
    });
  }
}

async function without(
  entries: readonly [unit: string, program: string][],
): Promise<[unit: string, program: string][]> {
  const there = await Promise.all(entries.map(([, program]) => exists(program)));
  return entries.filter((_, index) => there[index] === false);
}

/** dpkg has laid the package's own file beside ours. */
async function restoreClusters(): Promise<void> {
  const own = ['.dpkg-dist', '.dpkg-new'].map((suffix) => CLUSTERS + suffix);
  for (const file of own) {
    if (await exists(file)) return rename(file, CLUSTERS);
  }
  await rm(CLUSTERS, { force: true });
}

async function createNew(path: string, content: string, mode: number): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
