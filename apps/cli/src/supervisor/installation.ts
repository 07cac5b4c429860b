import { migrate } from '@transcode/db';
import { findTools, freePorts } from '@transcode/servers';
import { backUpBeforeUpgrade } from '../backups/before-upgrade.ts';
import { takeDataLock } from '../data-folder/data-lock.ts';
import { openDataFolder, ownStorage, type DataFolder } from '../data-folder/data-folder.ts';
import { endOrphans } from '../data-folder/end-orphans.ts';
import { ensureSecrets } from '../data-folder/secrets.ts';
import { readLiveState, readState } from '../data-folder/state.ts';
import { welcomeFirstAdmin } from '../first-admin.ts';
import { explain, Refusal } from '../refusal.ts';
import { prepareMonitoring, type MonitoringFolder } from '../monitoring/monitoring-folder.ts';
import { writeTargets } from '../monitoring/write-targets.ts';
import { alertmanagerService, prometheusService } from './monitoring-services.ts';
import { checkPort } from './port-check.ts';
import {
  apiService,
  consoleService,
  databaseUrl,
  postgresService,
  publicUrl,
  redisService,
  workerService,
  type Site,
} from './services.ts';
import { Supervisor } from './supervisor.ts';
import type { Context } from '../context.ts';
import type { InstallationPlan } from './plan.ts';

export interface Installation {
  url: string;
  databaseUrl: string;
  /** Resolves when all is stopped and the data folder is free. */
  stop(): Promise<void>;
  hurry(): void;
}

/** Thrown where the data folder is in use already. */
export class AlreadyRunning extends Refusal {}

/**
 * Brings a whole installation up: servers first, then the database's shape, then what works on it. On failure, or when the signal is aborted, everything
 * that was started is stopped again.
 */
export async function startInstallation(
  context: Context,
  folder: DataFolder,
  plan: InstallationPlan,
  signal: AbortSignal,
): Promise<Installation> {
  const tools = await findTools({ root: context.root, env: context.env });
  await openDataFolder(folder);
  const lock = takeDataLock(folder.lock);
  if (lock === undefined) throw await alreadyRunning(folder);
  try {
    await cleanUp(context, folder);
    if (plan.port !== undefined) await checkPort(plan.host, plan.port);
    const secrets = await ensureSecrets(folder.secrets);
    const ports = await choosePorts(plan);
    const monitoring =
      plan.monitoring === undefined
        ? undefined
        : await prepareMonitoring(context, folder.monitoring, {
            plan: plan.monitoring,
            alertmanagerPort: ports.alertmanager,
          });
    const logFailed = (error: unknown): void =>
      context.say(`A log cannot be written: ${explain(error)?.sentence ?? String(error)}`);
    const site: Site = { root: context.root, env: context.env, folder, tools, secrets, plan, ports, logFailed };
    const url = publicUrl(plan.host, ports.api);
    const storage = plan.storage ?? ownStorage(folder);
    const supervisor = new Supervisor({
      stateFile: folder.state,
      version: context.version,
      mode: plan.mode,
      url,
      storage,
      say: context.say,
      ...(monitoring === undefined ? {} : { changed: (state) => writeTargets(monitoring.targets, state) }),
    });
    const stop = async (): Promise<void> => {
      await supervisor.stop();
      lock[Symbol.dispose]();
    };
    try {
      await startInOrder(context, supervisor, { site, monitoring }, signal);
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
    return { url, databaseUrl: databaseUrl(site, ports.postgres), stop, hurry: () => supervisor.hurry() };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

async function startInOrder(
  context: Context,
  supervisor: Supervisor,
  { site, monitoring }: { site: Site; monitoring: MonitoringFolder | undefined },
  signal: AbortSignal,
): Promise<void> {
  const { plan } = site;
  signal.throwIfAborted();
  await supervisor.start(postgresService(site), redisService(site));
  signal.throwIfAborted();
  if (plan.backup) await backUpBeforeUpgrade(context, site, signal);
  await bringUpToDate(databaseUrl(site, site.ports.postgres));
  signal.throwIfAborted();
  const workers = Array.from({ length: plan.workers }, (_, index) => workerService(site, index + 1));
  await supervisor.start(apiService(site), ...workers, ...(plan.withConsole ? [consoleService(site)] : []));
  if (monitoring !== undefined) {
    signal.throwIfAborted();
    await supervisor.start(alertmanagerService(site, monitoring), prometheusService(site, monitoring));
  }
  signal.throwIfAborted();
  // An encode's own installation has no page to sign in to, and its answer is for programs.
  if (plan.mode === 'up') await welcomeFirstAdmin(context, databaseUrl(site, site.ports.postgres));
  await supervisor.announce();
}

/** Chosen once, so that whatever is started again is found where it was. */
async function choosePorts(plan: InstallationPlan): Promise<Site['ports']> {
  const [api = 0, console = 0, postgres = 0, redis = 0, prometheus = 0, alertmanager = 0] = await freePorts(6);
  return { api: plan.port ?? api, console, postgres, redis, prometheus, alertmanager };
}

/** What a supervisor that was killed may have left behind. */
export async function cleanUp(context: Context, folder: DataFolder): Promise<void> {
  const stale = await readState(folder.state);
  if (stale === undefined) return;
  const ended = await endOrphans(stale);
  if (ended.length > 0) context.say(`The last run was killed; ended what it had left: ${ended.join(', ')}.`);
}

export async function alreadyRunning(folder: DataFolder): Promise<AlreadyRunning> {
  const state = await readLiveState(folder.state);
  if (state?.phase === 'running' && state.mode === 'up') {
    return new AlreadyRunning(
      `Transcode is running on ${folder.path} already: ${state.url} (stop it with ./transcode down).`,
    );
  }
  const doing = state?.mode === 'encode' ? 'An encode is running' : 'Another ./transcode is starting or stopping';
  return new AlreadyRunning(`${doing} on ${folder.path}. Wait for it, or choose another folder with --data.`);
}

async function bringUpToDate(url: string): Promise<void> {
  try {
    await migrate(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`The database cannot be used by this version: ${reason}`, { cause });
  }
}
