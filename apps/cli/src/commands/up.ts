import { keepArchive } from '../backups/keep-archive.ts';
import { keepSafe } from '../backups/keep-safe.ts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { Refusal } from '../refusal.ts';
import { stopSignals, untilAborted } from '../stop-signals.ts';
import { startInstallation } from '../supervisor/installation.ts';
import type { Context } from '../context.ts';

export interface UpOptions {
  data: string;
  host: string;
  port: number;
  workers: number;
  storage?: string;
  monitoring?: boolean;
  alertWebhook?: string;
  /** Each night and before an upgrade; false where it was told not to. */
  backup: boolean;
}

/** Runs the installation in the foreground until it is told to end. */
export async function up(context: Context, options: UpOptions): Promise<number> {
  if (options.storage !== undefined) checkStorage(options.storage, context.env);
  let hurry = (): void => context.say('Stopping as soon as the start allows it …');
  const stop = stopSignals(() => hurry());
  const { host, port, workers, storage, monitoring, alertWebhook, backup } = options;
  const watched = monitoring === true || alertWebhook !== undefined ? { alertWebhook } : undefined;
  const plan = { host, port, workers, storage, withConsole: true, mode: 'up' as const, monitoring: watched, backup };
  try {
    const installation = await startInstallation(context, dataFolderAt(options.data), plan, stop.signal);
    hurry = () => installation.hurry();
    const ended = new AbortController();
    const about = { data: options.data, databaseUrl: installation.databaseUrl };
    const archiving = backup
      ? keepArchive(context, { ...about, signal: stop.signal, ended: ended.signal })
      : Promise.resolve();
    try {
      context.print(`Transcode is up: ${installation.url}`);
      if (context.detached === undefined) context.say('Ctrl-C stops it.');
      context.detached?.release();
      const stopped = untilAborted(stop.signal);
      // What is written until Postgres ends is archived, too.
      const safe = backup
        ? [
            keepSafe(context, options.data, stop.signal, { databaseUrl: installation.databaseUrl }),
            Promise.race([archiving, stopped]),
          ]
        : [];
      await Promise.all([stopped, ...safe]);
      context.say('Stopping; running work is handed back or finished first …');
    } finally {
      await installation.stop();
      ended.abort();
      await archiving;
    }
    context.say('Stopped.');
    return 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    context.say('Stopped before it was up.');
    return 130;
  } finally {
    stop.dispose();
  }
}

function checkStorage(url: string, env: Context['env']): void {
  if (!/^(s3:\/\/[a-z0-9][a-z0-9.-]+(\/.*)?|file:\/\/\/.+)$/.test(url)) {
    throw new Refusal(`--storage takes s3://bucket/prefix or file:///folder, and ${url} is neither.`);
  }
  if (!url.startsWith('s3:')) return;
  const missing = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].filter((name) => (env[name] ?? '') === '');
  if (missing.length > 0)
    throw new Refusal(`--storage ${url} needs credentials in the environment: ${missing.join(', ')}.`);
}
